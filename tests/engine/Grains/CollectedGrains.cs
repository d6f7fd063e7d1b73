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
