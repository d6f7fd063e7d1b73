namespace RoutingGrid.Engine.CodeGeneration;

/// <summary>The callee's own token for one call. It is cancelled from the callee's turn, not from the thread of whoever cancels.</summary>
internal sealed class CallCancellation(CancellationToken caller)
{
    public readonly CancellationToken Caller = caller;
    public readonly CancellationTokenSource Source = new();
    public CancellationTokenRegistration Registration;
}
