namespace RoutingGrid.Engine.Tests.Grains;

/// <summary>Passes its token on, heeds it, or does not.</summary>
public interface ICancellableGrain : IGrainWithStringKey
{
    /// <summary>Waits for the token at the end of the chain.</summary>
    Task WaitAlong(string name, ICancellableGrain[] others, CancellationToken cancellation);

    /// <summary>Finishes at the gate, whatever the token says; and says whether it was cancelled.</summary>
    Task<bool> IgnoreIt(string gate, CancellationToken cancellation);

    [ResponseTimeout("00:00:01")]
    Task WaitTooLong(string name, CancellationToken cancellation);

    Task<bool> CanBeCancelled(CancellationToken cancellation = default);

    Task<int> CompletedCalls();
}

public sealed class CancellableGrain(Probe probe) : Grain, ICancellableGrain
{
    private int _completed;

    public async Task WaitAlong(string name, ICancellableGrain[] others, CancellationToken cancellation)
    {
        string me = $"{name} {others.Length}";
        probe.Signal(me + " waits");
        try
        {
            await (others is [var next, .. var rest] ? next.WaitAlong(name, rest, cancellation) : Task.Delay(Timeout.InfiniteTimeSpan, cancellation));
        }
        catch (OperationCanceledException)
        {
            probe.Signal($"{me} cancelled, token {cancellation.IsCancellationRequested}");
            throw;
        }
    }

    public async Task<bool> IgnoreIt(string gate, CancellationToken cancellation)
    {
        probe.Signal(gate + " reached");
        await probe.Signalled(gate);
        _completed++;
        probe.Signal(gate + " over");
        return cancellation.IsCancellationRequested;
    }

    public async Task WaitTooLong(string name, CancellationToken cancellation)
    {
        using CancellationTokenRegistration registration = cancellation.Register(() => probe.Signal(name + " cancelled"));
        probe.Signal(name + " waits");
        await probe.Signalled(name + " gate");
        probe.Signal($"{name} over, token {cancellation.IsCancellationRequested}");
    }

    public Task<bool> CanBeCancelled(CancellationToken cancellation = default) => Task.FromResult(cancellation.CanBeCanceled);

    public Task<int> CompletedCalls() => Task.FromResult(_completed);
}
