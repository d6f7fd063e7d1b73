using RoutingGrid.Journal.Codec;
using RoutingGrid.Journal.Personal;
using RoutingGrid.Journal.Sqlite.Native;
using RoutingGrid.Routing;

namespace RoutingGrid.Journal.Sqlite.Reading;

/// <summary>Walks through all that is stored, on a connection of its own: what it finds is one state of the file.</summary>
internal sealed class SliceScan : IDisposable
{
    private readonly Database _database;

    internal SliceScan(string path)
    {
        _database = new Database(path);
        _database.Execute("PRAGMA query_only = 1");
    }

    /// <summary>The events of each case and agent, a stream at a time.</summary>
    internal IEnumerable<(StreamId Stream, List<RecordedEvent> Events)> Streams()
    {
        using var streams = _database.Prepare(
            "SELECT t.id, t.kind, w.name, t.key FROM stream t JOIN workspace w ON w.id = t.workspace WHERE t.kind IN (?, ?) ORDER BY t.id");
        streams.BindUtf8(1, Names<StreamKind>.Utf8(StreamKind.Case));
        streams.BindUtf8(2, Names<StreamKind>.Utf8(StreamKind.Agent));
        using var slices = _database.Prepare("SELECT position, version, events FROM slice WHERE stream = ? ORDER BY version");
        using var byId = _database.Prepare(KeyReads.ById);
        while (streams.Step())
        {
            var name = new StreamId(Names<StreamKind>.Parse(streams.Bytes(1)), streams.Text(2), streams.Text(3));
            var (events, keys) = (new List<RecordedEvent>(), new ReadingKeys(id => KeyReads.Find(byId, id)));
            slices.Bind(1, streams.Number(0));
            while (slices.Step()) EventReads.Unpack(slices.Number(0), slices.Number(1), slices.Bytes(2), name, keys, [], events);
            if (events.Count > 0) yield return (name, events);
        }
    }

    /// <summary>What SQLite itself finds wrong with the pages of the file.</summary>
    internal IEnumerable<Damage> Pages()
    {
        using var check = _database.Prepare("PRAGMA integrity_check");
        while (check.Step())
            if (check.Text(0) is var found && found != "ok") yield return new Damage(null, found);
    }

    /// <summary>Checksums, places and texts of all slices, in the order of positions.</summary>
    internal IEnumerable<Damage> Slices(IProgress<long>? progress, CancellationToken cancel)
    {
        var versions = new Dictionary<long, long>();
        var scratch = new List<DomainEvent>();
        long last = 0;
        using var byId = _database.Prepare(KeyReads.ById);
        using var slices = _database.Prepare("SELECT position, stream, version, events, checksum FROM slice ORDER BY position");
        for (var read = 1L; slices.Step(); read++)
        {
            cancel.ThrowIfCancellationRequested();
            if (read % 10_000 == 0) progress?.Report(slices.Number(0));
            var (position, stream, version) = (slices.Number(0), slices.Number(1), slices.Number(2));
            if (!slices.IsNull(4) && slices.Number(4) != Checksum.Of(position, stream, version, slices.Bytes(3)))
                yield return new Damage(position, "the events are not those that were written: their checksum is another.");
            if (Unreadable(slices.Bytes(3), byId, scratch) is { } why)
            {
                yield return new Damage(position, why);
                (last, versions[stream]) = (position, version);
                continue;
            }
            if (position - scratch.Count != last) yield return new Damage(position, $"positions {last + 1} to {position - scratch.Count} are missing or are used twice.");
            var before = versions.GetValueOrDefault(stream);
            if (version - scratch.Count != before) yield return new Damage(position, $"a stream goes on from version {version - scratch.Count} and had {before}.");
            (last, versions[stream]) = (position, version);
        }
        progress?.Report(last);
    }

    public void Dispose() => _database.Dispose();

    private static string? Unreadable(ReadOnlySpan<byte> json, Statement byId, List<DomainEvent> into)
    {
        into.Clear();
        try
        {
            if (SealedEvents.KeyOf(json) is { } key && KeyReads.Find(byId, key) is null) return SealedEvents.KeyIsMissing(key);
            SealedEvents.Read(json, new ReadingKeys(id => KeyReads.Find(byId, id)), into);
            return null;
        }
        catch (Exception error) when (error is JournalUnusableException or System.Text.Json.JsonException)
        {
            return error.Message;
        }
    }
}
