using System.Runtime.CompilerServices;
using RoutingGrid.Journal.Archive;
using RoutingGrid.Journal.Personal;
using RoutingGrid.Journal.Sqlite.Native;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Sqlite.Reading;

/// <summary>Events as they were appended: by stream, and all of them, wherever they are kept by now.</summary>
internal sealed class EventReads(Readers readers, ArchiveFiles files)
{
    /// <param name="slices">From the tables at most: each has at least one event.</param>
    internal ValueTask<IReadOnlyList<RecordedEvent>> OfStream(StreamId stream, long after, long slices, CancellationToken cancel) =>
        readers.Look(reader => OfStream(reader, stream, after, slices), cancel);

    /// <summary>In batches, each a short read of its own: a slow consumer never holds back the write-ahead log. No position is skipped,
    /// since the one writer hands them out in the order in which they become visible.</summary>
    internal async IAsyncEnumerable<RecordedEvent> All(long after, [EnumeratorCancellation] CancellationToken cancel)
    {
        var archived = new ArchivedHistory(files.Read);
        while (true)
        {
            var from = after;
            var batch = await readers.Scan(reader => Batch(reader, from, archived), cancel);
            if (batch.Count == 0) yield break;
            foreach (var recorded in batch)
            {
                cancel.ThrowIfCancellationRequested();
                yield return recorded;
            }
            after = batch[^1].Position;
        }
    }

    internal ValueTask<JournalEnd> End(CancellationToken cancel) => readers.Look(reader =>
    {
        var last = Math.Max(Reader.First(reader["SELECT max(position) FROM slice"], static row => row.Number(0)), ArchiveReads.LastPosition(reader));
        return new JournalEnd(last, last);
    }, cancel);

    /// <summary>The next event in the tables.</summary>
    internal ValueTask<RecordedEvent?> Near(long after, CancellationToken cancel) => readers.Look(reader =>
    {
        var events = new List<RecordedEvent>();
        foreach (var placed in SliceWindow.InTables(reader, after, 1)) placed.Slice.Unpack(placed.Stream, KeyReads.Of(reader), [], events);
        return events.Find(recorded => recorded.Position > after);
    }, cancel);

    /// <summary>A case that is in files and nowhere else, as it was when it went there. Null: it is not.</summary>
    internal CaseState? ArchivedCase(Reader reader, StreamId stream) =>
        reader.Stream(stream) is { } id && ArchiveReads.OfStream(reader, id, 0) is { Count: > 0 } pieces && Slices(reader, id, 0) is []
            ? Fold(reader, pieces)
            : null;

    /// <summary>An archived case in a list.</summary>
    internal CaseRow Row(Reader reader, ArchivedPiece last, string customer)
    {
        try
        {
            return CaseRow.Of(last.Stream.Workspace, last.Stream.Id, Fold(reader, last.After == 0 ? [last] : ArchiveReads.OfStream(reader, last.Number, 0)));
        }
        catch (ArchiveUnusableException)
        {
            return CaseRow.Of(last.Stream.Workspace, last.Stream.Id, ArchivedRows.Outline(last, customer));
        }
    }

    private CaseState Fold(Reader reader, List<ArchivedPiece> pieces)
    {
        var keys = KeyReads.Of(reader);
        var events = new List<RecordedEvent>();
        foreach (var piece in pieces) Unpack(piece.Stream, files.Read(piece), keys, events);
        return events.Aggregate(CaseState.None, static (state, recorded) => CaseFold.Evolve(state, recorded.Event));
    }

    private IReadOnlyList<RecordedEvent> OfStream(Reader reader, StreamId stream, long after, long slices)
    {
        if (reader.Stream(stream) is not { } id) return [];
        var (events, keys) = (new List<RecordedEvent>(), KeyReads.Of(reader));
        Unpack(stream, stream.Kind == StreamKind.Agent ? Chain.Slices(reader, id, after, slices) : Slices(reader, id, after, slices), keys, events);
        // What is moved while this reads is seen here or there, or in both: so the tables first, and then what comes before it.
        if (stream.Kind == StreamKind.Case && (events.Count == 0 || events[0].Version > after + 1))
        {
            var earlier = new List<RecordedEvent>();
            foreach (var piece in ArchiveReads.OfStream(reader, id, after)) Unpack(stream, files.Read(piece), keys, earlier);
            if (events.Count > 0) earlier.RemoveAll(recorded => recorded.Version >= events[0].Version);
            events.InsertRange(0, earlier);
        }
        events.RemoveRange(0, events.Count(recorded => recorded.Version <= after));
        return events;
    }

    /// <summary>Those that the index has.</summary>
    internal static List<StoredSlice> Slices(Reader reader, long stream, long after, long most = long.MaxValue)
    {
        var slices = reader["SELECT position, version, checksum, events FROM slice WHERE stream = ? AND previous IS NULL AND version > ? ORDER BY version LIMIT ?"];
        slices.Bind(1, stream);
        slices.Bind(2, after);
        slices.Bind(3, most);
        return Reader.All(slices, SliceOf);
    }

    private static List<RecordedEvent> Batch(Reader reader, long after, ArchivedHistory archived)
    {
        var (events, scratch, keys) = (new List<RecordedEvent>(), new List<DomainEvent>(), KeyReads.Of(reader));
        foreach (var placed in SliceWindow.After(reader, after, archived).Slices) placed.Slice.Unpack(placed.Stream, keys, scratch, events);
        events.RemoveRange(0, events.Count(recorded => recorded.Position <= after));
        return events;
    }

    private static void Unpack(StreamId stream, IEnumerable<StoredSlice> slices, ReadingKeys keys, List<RecordedEvent> into)
    {
        var scratch = new List<DomainEvent>();
        foreach (var slice in slices) slice.Unpack(stream, keys, scratch, into);
    }

    private static StoredSlice SliceOf(Statement row) => SliceWindow.SliceOf(row, 0);
}
