namespace RoutingGrid.Engine.Tests.Grains;

public interface IKeptGrain : IGrainWithStringKey
{
    Task Call();
}

public interface ILimitedGrain : IGrainWithStringKey
{
    Task Call();

    Task StayFor(int minutes);
}

/// <summary>Tells the probe when it ends.</summary>
public abstract class EndingGrain(Probe probe) : Grain
{
    public Task Call() => Task.CompletedTask;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Write(this.GetPrimaryKeyString() + " ends");
        return Task.CompletedTask;
    }
}

[KeepAlive]
public sealed class KeptGrain(Probe probe) : EndingGrain(probe), IKeptGrain;

[CollectionAgeLimit(Minutes = 3)]
public sealed class LimitedGrain(Probe probe) : EndingGrain(probe), ILimitedGrain
{
    public Task StayFor(int minutes)
    {
        DelayDeactivation(TimeSpan.FromMinutes(minutes));
        return Task.CompletedTask;
    }
}

/// <summary>Has reasons to stay.</summary>
public interface IDelayedGrain : IGrainWithStringKey
{
    /// <summary>Negative: for ever.</summary>
    Task Delay(int seconds);

    Task Tick(bool keepAlive);
}

public sealed class DelayedGrain(Probe probe) : EndingGrain(probe), IDelayedGrain
{
    private readonly Probe _probe = probe;

    public Task Delay(int seconds)
    {
        DelayDeactivation(seconds < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(seconds));
        return Task.CompletedTask;
    }

    public Task Tick(bool keepAlive)
    {
        var span = TimeSpan.FromMilliseconds(100);
        this.RegisterGrainTimer(static () => Task.CompletedTask, new GrainTimerCreationOptions(span, span) { KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await base.OnDeactivateAsync(reason, cancellationToken);
        _probe.Signal(this.GetPrimaryKeyString() + " ends");
    }
}
