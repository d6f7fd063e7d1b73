namespace RoutingGrid.Engine;

/// <summary>
/// Grains wait for each other in a circle. Orleans ends this with a <see cref="TimeoutException"/> after the response timeout;
/// the embedded engine does so at once and names the calls.
/// </summary>
public sealed class GrainDeadlockException : TimeoutException
{
    internal GrainDeadlockException(string chain)
        : base($"These calls wait for each other: {chain}. Make one of them one-way, or allow reentrancy.")
    {
        Chain = chain;
    }

    /// <summary>The calls of the circle, each as <c>caller → callee.Method</c>; the last one is the one that was given up.</summary>
    public string Chain { get; }
}
