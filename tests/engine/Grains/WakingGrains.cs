using System.Globalization;
using Orleans.Concurrency;

namespace RoutingGrid.Engine.Tests.Grains;

public interface IHubGrain : IGrainWithStringKey
{
    [OneWay]
    Task Hear();
}

public interface ISpokeGrain : IGrainWithStringKey
{
    [OneWay]
    Task Hear();
}

/// <summary>As soon as it is there it tells its spokes, as a router that asks its agents how they are. Like one it has something to read first.</summary>
public sealed class HubGrain(Probe probe, TimeProvider time) : Grain, IHubGrain
{
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        probe.Count("hubs");
        await Task.Delay(TimeSpan.FromMilliseconds(3), time, cancellationToken);
        for (var number = 0; number < 200; number++) _ = GrainFactory.GetGrain<ISpokeGrain>($"{number}").Hear();
        probe.Signal("the spokes are told");
    }

    public Task Hear() => Task.CompletedTask;
}

/// <summary>As soon as it is there it tells the hub.</summary>
public sealed class SpokeGrain(TimeProvider time) : Grain, ISpokeGrain
{
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(int.Parse(this.GetPrimaryKeyString(), CultureInfo.InvariantCulture) % 20), time, cancellationToken);
        _ = GrainFactory.GetGrain<IHubGrain>("hub").Hear();
    }

    public Task Hear() => Task.Delay(TimeSpan.FromMilliseconds(5), time);
}
