using System.Runtime.CompilerServices;
using RoutingGrid.Journal.Codec;
using RoutingGrid.Journal.Personal;
using RoutingGrid.Journal.Sqlite.Native;
using RoutingGrid.Routing;

namespace RoutingGrid.Journal.Sqlite.Reading;

/// <summary>Events as they were appended: by stream, and all of them.</summary>
internal sealed class EventReads(Readers readers)
{
    private const int BatchSlices = 1000;

    internal ValueTask<IReadOnlyList<RecordedEvent>> OfStream(StreamId stream, long after, CancellationToken cancel) =>
        readers.Look(reader => OfStream(reader, stream, after), cancel);

    /// <summary>In batches, each a short read of its own: a slow consumer never holds back the write-ahead log. No position is skipped,
    /// since the one writer hands them out in the order in which they become visible.</summary>
    internal async IAsyncEnumerable<RecordedEvent> All(long after, [EnumeratorCancellation] CancellationToken cancel)
    {
        while (true)
        {
            var from = after;
            var batch = await readers.Scan(reader => Batch(reader, from), cancel);
            if (batch.Count == 0) yield break;
            foreach (var recorded in batch)
            {
                cancel.ThrowIfCancellationRequested();
                yield return recorded;
            }
            after = batch[^1].Position;
        }
    }

    private static IReadOnlyList<RecordedEvent> OfStream(Reader reader, StreamId stream, long after)
    {
        if (reader.Stream(stream) is not { } id) return [];
        var slices = reader["SELECT position, version, events FROM slice WHERE stream = ? AND version > ? ORDER BY version"];
        slices.Bind(1, id);
        slices.Bind(2, after);
        var events = new List<RecordedEvent>();
        var (scratch, keys) = (new List<DomainEvent>(), KeyReads.Of(reader));
        try
        {
            while (slices.Step()) Unpack(slices.Number(0), slices.Number(1), slices.Bytes(2), stream, keys, scratch, events);
        }
        finally
        {
            slices.Reset();
        }
        events.RemoveRange(0, events.Count(recorded => recorded.Version <= after));
        return events;
    }

    private static List<RecordedEvent> Batch(Reader reader, long after)
    {
        var slices = reader[
            """
            SELECT s.position, s.version, s.events, t.kind, w.name, t.key
            FROM slice s JOIN stream t ON t.id = s.stream JOIN workspace w ON w.id = t.workspace
            WHERE s.position > ? ORDER BY s.position LIMIT ?
            """];
        slices.Bind(1, after);
        slices.Bind(2, BatchSlices);
        var events = new List<RecordedEvent>();
        var (scratch, keys) = (new List<DomainEvent>(), KeyReads.Of(reader));
        try
        {
            while (slices.Step()) Unpack(slices.Number(0), slices.Number(1), slices.Bytes(2), StreamOf(slices), keys, scratch, events);
        }
        finally
        {
            slices.Reset();
        }
        events.RemoveRange(0, events.Count(recorded => recorded.Position <= after));
        return events;
    }

    private static StreamId StreamOf(Statement row) => new(Names<StreamKind>.Parse(row.Bytes(3)), row.Text(4), row.Text(5));

    // A slice is kept under the position and version of its last event.
    internal static void Unpack(
        long position, long version, ReadOnlySpan<byte> json, StreamId stream, ReadingKeys keys, List<DomainEvent> scratch, List<RecordedEvent> into)
    {
        scratch.Clear();
        SealedEvents.Read(json, keys, scratch);
        for (var i = 0; i < scratch.Count; i++)
        {
            var fromEnd = scratch.Count - 1 - i;
            into.Add(new RecordedEvent(position - fromEnd, stream, version - fromEnd, scratch[i]));
        }
    }
}
