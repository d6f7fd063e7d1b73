using Orleans.Concurrency;

namespace RoutingGrid.Engine.Tests.Grains;

/// <summary>Tells the probe about every step of its life, under its own key.</summary>
public interface ILifeGrain : IGrainWithStringKey
{
    Task<int> Number();

    Task WaitFor(string gate);

    Task Go();

    Task GoAndWaitFor(string gate);

    [AlwaysInterleave]
    Task GoNow();

    Task<string> Scoped();
}

public sealed class LifeGrain(Probe probe, ScopedThing scoped) : Grain, ILifeGrain
{
    private readonly int _number = probe.Count("life");

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        probe.Count(this.GetPrimaryKeyString() + " activated");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Write($"{this.GetPrimaryKeyString()} {reason.ReasonCode}");
        probe.Signal(this.GetPrimaryKeyString() + " deactivated");
        return Task.CompletedTask;
    }

    public Task<int> Number() => Task.FromResult(_number);

    public async Task WaitFor(string gate)
    {
        probe.Signal(gate + " reached");
        await probe.Signalled(gate);
    }

    public Task Go()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task GoAndWaitFor(string gate)
    {
        DeactivateOnIdle();
        probe.Signal(gate + " reached");
        await probe.Signalled(gate);
    }

    public Task GoNow() => Go();

    public Task<string> Scoped() => Task.FromResult(ReferenceEquals(scoped, ServiceProvider.GetService(typeof(ScopedThing))) ? "same" : "other");
}

/// <summary>Fails to activate until the probe lets it.</summary>
public interface IStubbornGrain : IGrainWithStringKey
{
    Task<string> Answer();
}

public sealed class StubbornGrain(Probe probe) : Grain, IStubbornGrain
{
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        string key = this.GetPrimaryKeyString();
        probe.Signal(key + " reached");
        await probe.Signalled(key + " gate");
        if (probe.Count(key) == 1)
        {
            throw new InvalidOperationException("not today");
        }
    }

    public Task<string> Answer() => Task.FromResult("yes");
}

/// <summary>Cannot be constructed.</summary>
public interface IBrokenGrain : IGrainWithStringKey
{
    Task Call();
}

public sealed class BrokenGrain : Grain, IBrokenGrain
{
    public BrokenGrain() => throw new InvalidOperationException("broken");

    public Task Call() => Task.CompletedTask;
}

/// <summary>A grain without the base class, with other kinds of keys.</summary>
public interface IPlainGrain : IGrainWithGuidKey
{
    Task<Guid> Key();
}

public sealed class PlainGrain(IGrainContext context) : IGrainBase, IPlainGrain
{
    public IGrainContext GrainContext { get; } = context;

    public Task<Guid> Key() => Task.FromResult(this.GetPrimaryKey());
}

public interface INumberedGrain : IGrainWithIntegerKey
{
    Task<long> Key();

    Task<INumberedGrain> Self();
}

public sealed class NumberedGrain : Grain, INumberedGrain
{
    public Task<long> Key() => Task.FromResult(this.GetPrimaryKeyLong());

    public Task<INumberedGrain> Self() => Task.FromResult(this.AsReference<INumberedGrain>());
}
