using RoutingGrid.Journal.Archive;
using RoutingGrid.Journal.Codec;
using RoutingGrid.Routing;

namespace RoutingGrid.Journal.Sqlite.Reading;

/// <summary>Walks through all that is stored, in the tables and in files, on a connection of its own.</summary>
internal sealed class SliceScan(string path, ArchiveFiles files) : IDisposable
{
    private readonly Reader _reader = new(path);

    /// <summary>The events of each case and agent that is in the tables, a stream at a time, with what of it is in files.</summary>
    internal IEnumerable<(StreamId Stream, List<RecordedEvent> Events)> Streams()
    {
        var streams = _reader["SELECT t.id, t.kind, w.name, t.key FROM stream t JOIN workspace w ON w.id = t.workspace WHERE t.kind IN (?, ?) ORDER BY t.id"];
        streams.BindUtf8(1, Names<StreamKind>.Utf8(StreamKind.Case));
        streams.BindUtf8(2, Names<StreamKind>.Utf8(StreamKind.Agent));
        try
        {
            while (streams.Step())
            {
                var name = new StreamId(Names<StreamKind>.Parse(streams.Bytes(1)), streams.Text(2), streams.Text(3));
                var slices = name.Kind == StreamKind.Agent ? Chain.Slices(_reader, streams.Number(0)) : EventReads.Slices(_reader, streams.Number(0), 0);
                if (slices.Count > 0) yield return (name, EventsOf(name, streams.Number(0), slices));
            }
        }
        finally
        {
            streams.Reset();
        }
    }

    /// <summary>What SQLite itself finds wrong with the pages of the file.</summary>
    internal IEnumerable<Damage> Pages()
    {
        var check = _reader["PRAGMA integrity_check"];
        try
        {
            while (check.Step())
                if (check.Text(0) is var found && found != "ok") yield return new Damage(null, found);
        }
        finally
        {
            check.Reset();
        }
    }

    /// <summary>Checksums, places and texts of all slices, in the order of positions.</summary>
    internal IEnumerable<Damage> Slices(IProgress<long>? progress, CancellationToken cancel)
    {
        var check = new SliceCheck(hasNoGaps: true, static (number, slice) => Checksum.Of(slice.Position, number, slice.Version, slice.Events.Span));
        var archived = new ArchivedHistory(piece => check.Read(piece, files, earlier => ArchiveReads.OfStream(_reader, earlier.Number, 0)));
        for (var after = 0L; after < long.MaxValue;)
        {
            var keys = KeyReads.Of(_reader);
            var (slices, to) = SliceWindow.After(_reader, after, archived);
            foreach (var placed in slices)
            {
                cancel.ThrowIfCancellationRequested();
                foreach (var damage in check.Next(placed, keys)) yield return damage;
            }
            progress?.Report(check.Last);
            after = to;
        }
        foreach (var damage in check.Rest()) yield return damage;
    }

    /// <summary>Whether agents' chains have all of their slices.</summary>
    internal IEnumerable<Damage> Chains() => ChainCheck.Damages(_reader);

    public void Dispose() => _reader.Dispose();

    private List<RecordedEvent> EventsOf(StreamId name, long number, List<StoredSlice> slices)
    {
        var (events, scratch, keys) = (new List<RecordedEvent>(), new List<DomainEvent>(), KeyReads.Of(_reader));
        foreach (var piece in ArchiveReads.OfStream(_reader, number, 0))
            foreach (var slice in files.Read(piece)) slice.Unpack(name, keys, scratch, events);
        foreach (var slice in slices) slice.Unpack(name, keys, scratch, events);
        return events;
    }
}
