using Orleans.Concurrency;

namespace RoutingGrid.Engine.Tests.Grains;

/// <summary>Calls that wait at gates, so that tests see who was admitted.</summary>
public interface IGateGrain : IGrainWithStringKey
{
    Task Write(string gate);

    [ReadOnly]
    Task Read(string gate);

    /// <summary>Opens its chain and comes back as a writer.</summary>
    [ReadOnly]
    Task ReadAndWrite(string gate);

    /// <summary>Opens its chain, comes back as a writer, and does not wait for that to end.</summary>
    Task StartToWrite(string gate);

    /// <summary>Has the other one come back as a writer.</summary>
    [ReadOnly]
    Task ReadAround(IGateGrain other, string gate);

    Task WriteAt(IGateGrain other, string gate);

    [AlwaysInterleave]
    Task Interleave(string gate);

    Task Note(string entry);

    Task<string[]> Notes();
}

public interface IReentrantGateGrain : IGateGrain;

public class GateGrain(Probe probe) : Grain, IGateGrain
{
    private readonly List<string> _notes = [];

    public Task Write(string gate) => WaitFor(gate);

    public Task Read(string gate) => WaitFor(gate);

    public async Task ReadAndWrite(string gate)
    {
        using RequestContext.ReentrancySection open = RequestContext.AllowCallChainReentrancy();
        await this.AsReference<IGateGrain>().Write(gate);
    }

    public async Task StartToWrite(string gate)
    {
        using RequestContext.ReentrancySection open = RequestContext.AllowCallChainReentrancy();
        _ = this.AsReference<IGateGrain>().Write(gate);
        await probe.Signalled(gate + " reached");
    }

    public Task ReadAround(IGateGrain other, string gate) => other.WriteAt(this.AsReference<IGateGrain>(), gate);

    public Task WriteAt(IGateGrain other, string gate)
    {
        probe.Signal(gate + " on its way");
        return other.Write(gate);
    }

    public Task Interleave(string gate) => WaitFor(gate);

    public Task Note(string entry)
    {
        _notes.Add(entry);
        return Task.CompletedTask;
    }

    public Task<string[]> Notes() => Task.FromResult<string[]>([.. _notes]);

    private async Task WaitFor(string gate)
    {
        probe.Signal(gate + " reached");
        await probe.Signalled(gate);
    }
}

[Reentrant]
public sealed class ReentrantGateGrain(Probe probe) : GateGrain(probe), IReentrantGateGrain;

/// <summary>Grains that call each other.</summary>
public interface IRingGrain : IGrainWithStringKey
{
    Task<string> Name();

    /// <summary>Calls <see cref="Name"/> of the last through all the others in order.</summary>
    Task<string> Through(IRingGrain[] others);

    Task<string> ThroughOpen(IRingGrain[] others);

    Task<string> ThroughSuppressed(IRingGrain[] others);

    /// <summary>Opens the chain and closes it again before it calls.</summary>
    Task<string> ThroughClosedAgain(IRingGrain[] others);

    /// <summary>Like <see cref="ThroughOpen"/>, and every other one on the way opens the chain too.</summary>
    Task<string> ThroughOpenEverywhere(IRingGrain[] others);

    Task<string> HoldAndCall(string gate, IRingGrain other);

    Task<string> HoldAndCallOpen(string gate, IRingGrain other);

    /// <summary>Sends a call that comes back here, and does not wait for it.</summary>
    Task SendAndForget(IRingGrain other, string gate);

    Task CallBack(IRingGrain caller, string done);
}

public sealed class RingGrain(Probe probe) : Grain, IRingGrain
{
    public Task<string> Name() => Task.FromResult(this.GetPrimaryKeyString());

    public async Task<string> Through(IRingGrain[] others) =>
        others is [var next, .. var rest] ? await next.Through(rest) : this.GetPrimaryKeyString();

    public async Task<string> ThroughOpen(IRingGrain[] others)
    {
        using RequestContext.ReentrancySection open = RequestContext.AllowCallChainReentrancy();
        return await Through(others);
    }

    public async Task<string> ThroughSuppressed(IRingGrain[] others)
    {
        using RequestContext.ReentrancySection open = RequestContext.AllowCallChainReentrancy();
        using RequestContext.ReentrancySection closed = RequestContext.SuppressCallChainReentrancy();
        return await Through(others);
    }

    public async Task<string> ThroughClosedAgain(IRingGrain[] others)
    {
        using (RequestContext.AllowCallChainReentrancy())
        {
        }

        return await Through(others);
    }

    public async Task<string> ThroughOpenEverywhere(IRingGrain[] others)
    {
        using RequestContext.ReentrancySection open = RequestContext.AllowCallChainReentrancy();
        return others is [var next, .. var rest] ? await next.ThroughOpenEverywhere(rest) : this.GetPrimaryKeyString();
    }

    public async Task<string> HoldAndCallOpen(string gate, IRingGrain other)
    {
        using RequestContext.ReentrancySection open = RequestContext.AllowCallChainReentrancy();
        return await other.HoldAndCall(gate, this.AsReference<IRingGrain>());
    }

    public async Task<string> HoldAndCall(string gate, IRingGrain other)
    {
        probe.Signal(gate + " reached");
        await probe.Signalled(gate);
        return await other.Name();
    }

    public async Task SendAndForget(IRingGrain other, string gate)
    {
        _ = other.CallBack(this.AsReference<IRingGrain>(), gate + " done");
        await probe.Signalled(gate);
    }

    public async Task CallBack(IRingGrain caller, string done)
    {
        probe.Signal(this.GetPrimaryKeyString() + " calls back");
        await caller.Name();
        probe.Signal(done);
    }
}
