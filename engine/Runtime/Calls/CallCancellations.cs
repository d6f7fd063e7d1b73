using RoutingGrid.Engine.CodeGeneration;

namespace RoutingGrid.Engine.Calls;

/// <summary>
/// Cancellation of calls: the caller's task ends at once, the callee's token is cancelled by a turn of the callee, and a
/// call that still waits is never started.
/// </summary>
internal static class CallCancellations
{
    public static void Prepare(GrainRequest request)
    {
        CancellationToken token = request.GetCancellationToken();
        if (!token.CanBeCanceled)
        {
            return;
        }

        token.ThrowIfCancellationRequested();
        var cancellation = new CallCancellation(token);
        request.Cancellation = cancellation;
        request.Escaped = true;
        request.SetCancellationToken(cancellation.Source.Token);
    }

    /// <summary>From now on there is a task to cancel.</summary>
    public static void AfterExpect(GrainRequest request) =>
        request.Cancellation!.Registration = request.Cancellation.Caller.UnsafeRegister(static state => OnCancelled((GrainRequest)state!), request);

    /// <summary>Cancels the callee's token on a turn of the callee, where its callbacks are safe.</summary>
    private static void CancelCallee(GrainRequest request)
    {
        if (request.Cancellation is { } cancellation && request.Target is { } host)
        {
            new Task(static state => ((CancellationTokenSource)state!).Cancel(), cancellation.Source).Start(host);
        }
    }

    private static void OnCancelled(GrainRequest request)
    {
        if (request.Fail(new OperationCanceledException(request.Cancellation!.Caller)))
        {
            CancelCallee(request);
            ((EmbeddedEngine)request.Reference.Shared.Engine).Untrack(request);
        }
    }
}
