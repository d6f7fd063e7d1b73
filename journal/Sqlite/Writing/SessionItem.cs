namespace RoutingGrid.Journal.Sqlite.Writing;

/// <summary>Something else to do within a group's transaction.</summary>
internal sealed class SessionItem<T>(Func<WriterSession, T> work) : WriteItem
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    internal Task<T> Done => _done.Task;

    internal override int Size => 0;

    internal override void Run(WriterSession session) => _result = work(session);

    internal override void Complete() => _done.TrySetResult(_result);

    internal override void Refuse(TimeSpan retryAfter, string reason) => _done.TrySetException(new IOException(reason));

    internal override void Fail(Exception exception) => _done.TrySetException(exception);
}
