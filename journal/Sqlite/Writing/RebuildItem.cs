using RoutingGrid.Journal.Personal;
using RoutingGrid.Journal.Sqlite.Reading;

namespace RoutingGrid.Journal.Sqlite.Writing;

/// <summary>Makes all rows again from the events that are committed.</summary>
internal sealed class RebuildItem(SliceScan slices, IProgress<long>? progress, CancellationToken cancel) : WriteItem
{
    private readonly TaskCompletionSource<Rebuilt> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _cases;
    private long _agents;
    private long _deadlines;

    internal Task<Rebuilt> Done => _done.Task;

    internal override int Size => 0;

    internal override bool IsAlone => true;

    internal override void Run(WriterSession session)
    {
        (_cases, _agents, _deadlines) = (0, 0, 0);
        session.ClearRows();
        foreach (var (stream, events) in slices.Streams())
        {
            cancel.ThrowIfCancellationRequested();
            Write(session, stream, events);
            if ((_cases + _agents) % 1000 == 0) progress?.Report(_cases + _agents);
        }
    }

    internal override void Complete() => _done.TrySetResult(new Rebuilt(_cases, _agents, _deadlines));

    internal override void Refuse(TimeSpan retryAfter, string reason) => _done.TrySetException(new IOException($"Nothing was rebuilt: {reason}"));

    internal override void Fail(Exception exception) => _done.TrySetException(exception);

    private void Write(WriterSession session, StreamId stream, List<RecordedEvent> events)
    {
        var changes = StreamRows.Of(stream, events);
        if (changes.IsEmpty) return;
        var item = new AppendItem(new Append([], changes, []), Sealing.None, null);
        session.WriteRows(item);
        // It returns the item's buffer.
        item.Complete();
        if (stream.Kind == StreamKind.Case) _cases++;
        else _agents++;
        _deadlines += changes.Count(change => change is ReadModelChange.PutDeadline);
    }
}
