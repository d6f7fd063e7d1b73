using System.Text;
using RoutingGrid.Journal.Codec;
using RoutingGrid.Journal.Personal;
using RoutingGrid.Journal.Sqlite.Native;
using RoutingGrid.Journal.Sqlite.Reading;
using RoutingGrid.Routing;

namespace RoutingGrid.Journal.Tests.Personal;

/// <summary>Makes a file what the first version would have written: nothing sealed, no keys, no checksums.</summary>
internal static class OldFile
{
    internal static void Make(string path)
    {
        using var database = new Database(path);
        foreach (var (position, events) in Unsealed(database))
        {
            using var change = database.Prepare("UPDATE slice SET events = ? WHERE position = ?");
            change.BindUtf8(1, events);
            change.Bind(2, position);
            change.Run();
        }
        Indexed(database);
        database.Execute("ALTER TABLE slice DROP COLUMN checksum; DROP TABLE personal_key; DROP TABLE archived; DROP TABLE archive_file; DELETE FROM migration WHERE version > 1");
    }

    /// <summary>As before there were chains: every slice is in the index.</summary>
    internal static void Indexed(Database database) => database.Execute(
        """
        DROP INDEX slice_by_stream; ALTER TABLE slice DROP COLUMN previous; ALTER TABLE stream DROP COLUMN last;
        CREATE UNIQUE INDEX slice_by_stream ON slice (stream, version); DELETE FROM migration WHERE version > 4;
        """);

    private static List<(long Position, byte[] Events)> Unsealed(Database database)
    {
        var unsealed = new List<(long, byte[])>();
        using var byId = database.Prepare(KeyReads.ById);
        using var slices = database.Prepare("SELECT position, events FROM slice");
        while (slices.Step())
        {
            var events = new List<DomainEvent>();
            SealedEvents.Read(slices.Bytes(1), new ReadingKeys(id => KeyReads.Find(byId, id)), events);
            var texts = events.Select(happened => $"\"{EventCodec.NameOf(happened)}\",{Encoding.UTF8.GetString(EventCodec.ToUtf8(happened))}");
            unsealed.Add((slices.Number(0), Encoding.UTF8.GetBytes($"[{string.Join(',', texts)}]")));
        }
        return unsealed;
    }
}
