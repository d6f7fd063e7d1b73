using System.Collections.Immutable;
using RoutingGrid.Journal.Archive;
using RoutingGrid.Journal.Codec;
using RoutingGrid.Journal.Sqlite.Native;
using RoutingGrid.Journal.Sqlite.Reading;
using RoutingGrid.Journal.Sqlite.Writing;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Sqlite.Archive;

/// <summary>Reads beside the writer; what it writes takes its turn among the appends.</summary>
internal sealed class SqliteArchiveTables(Readers readers, Writer writer) : IArchiveTables
{
    public ValueTask<IReadOnlyList<ArchiveFile>> Leftovers(CancellationToken cancel) => readers.Look<IReadOnlyList<ArchiveFile>>(
        reader => Reader.All(reader["SELECT id, folder, name FROM archive_file WHERE last IS NULL"], row => new ArchiveFile(row.Number(0), row.Text(1), row.Text(2))), cancel);

    public ValueTask<ArchiveFile> Announce(string folder, DateTimeOffset at) => Write(session => session.Archive.Announce(folder, at));

    public async ValueTask Forget(ArchiveFile file) => await Write(session => session.Archive.Forget(file));

    public ValueTask<bool> Move(ArchiveFile file, IReadOnlyList<ArchivedPiece> pieces, IReadOnlyList<int> slices) => Write(session => session.Archive.Move(file, pieces, slices));

    public ValueTask<IReadOnlyList<(long Number, string Name)>> Workspaces(CancellationToken cancel) => readers.Look<IReadOnlyList<(long, string)>>(
        reader => Reader.All(reader["SELECT id, name FROM workspace ORDER BY id"], row => (row.Number(0), row.Text(1))), cancel);

    public ValueTask<IReadOnlyList<ClosedCase>> Closed(long workspace, string name, long after, int limit, CancellationToken cancel) => readers.Scan<IReadOnlyList<ClosedCase>>(
        reader =>
        {
            var rows = reader[
                """
                SELECT c.id, t.key, c.body FROM case_row c NOT INDEXED JOIN stream t ON t.id = c.id
                WHERE c.id BETWEEN ? AND ? AND c.open = 0 AND NOT EXISTS (SELECT 1 FROM deadline WHERE owner = c.id) ORDER BY c.id LIMIT ?
                """];
            rows.Bind(1, Math.Max(after + 1, StreamKeys.First(workspace)));
            rows.Bind(2, StreamKeys.Last(workspace));
            rows.Bind(3, limit);
            return Reader.All(rows, row => new ClosedCase(row.Number(0), row.Text(1), StateCodec.ReadRow<CaseState>(row.Bytes(2))));
        },
        cancel);

    public ValueTask<ImmutableArray<CaseToArchive>> Stored(IReadOnlyList<(StreamId Stream, ClosedCase Case)> cases, CancellationToken cancel) => readers.Scan(
        reader => cases.Select(entry => Stored(reader, entry.Stream, entry.Case)).Where(found => !found.Slices.IsEmpty).ToImmutableArray(), cancel);

    public ValueTask DisposeAsync() => default;

    private static CaseToArchive Stored(Reader reader, StreamId stream, ClosedCase found)
    {
        var before = reader["SELECT coalesce(max(version), 0) FROM archived WHERE stream = ?"];
        before.Bind(1, found.Number);
        var after = Reader.First(before, static row => row.Number(0));
        return new CaseToArchive(stream, found.Number, found.State, after, [.. EventReads.Slices(reader, found.Number, after)]);
    }

    private async ValueTask<T> Write<T>(Func<WriterSession, T> work)
    {
        var item = new SessionItem<T>(work);
        if (writer.TryAdd(item) is not null) throw new IOException(writer.FullQueue);
        return await item.Done;
    }
}
