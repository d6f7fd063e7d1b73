namespace RoutingGrid.Engine.Tests.Grains;

/// <summary>Starts a timer in every way there is.</summary>
public interface IOverloadGrain : IGrainWithStringKey
{
    Task StartAll();
}

public sealed class OverloadGrain(Probe probe) : Grain, IOverloadGrain
{
    public Task StartAll()
    {
        var once = new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        this.RegisterGrainTimer(() => Tick("plain"), TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        this.RegisterGrainTimer(_ => Tick("token"), TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        this.RegisterGrainTimer(Tick, "state", TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        this.RegisterGrainTimer((state, _) => Tick(state), "state and token", TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        this.RegisterGrainTimer(() => Tick("options"), once);
        this.RegisterGrainTimer(_ => Tick("options and token"), once);
        this.RegisterGrainTimer(Tick, "options and state", once);
        this.RegisterGrainTimer((state, _) => Tick(state), "all of it", once);
        return Task.CompletedTask;
    }

    private Task Tick(string how)
    {
        probe.Signal($"{this.GetPrimaryKeyString()} {how}");
        return Task.CompletedTask;
    }
}
