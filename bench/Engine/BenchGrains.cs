using Orleans.Concurrency;

namespace RoutingGrid.Bench.Engine;

/// <summary>A grain that does as little as possible.</summary>
public interface IPingGrain : IGrainWithStringKey
{
    Task Ping();

    ValueTask<int> Echo(int value);

    [OneWay]
    Task Tell();
}

/// <inheritdoc/>
public sealed class PingGrain : Grain, IPingGrain
{
    public Task Ping() => Task.CompletedTask;

    public ValueTask<int> Echo(int value) => new(value);

    public Task Tell() => Task.CompletedTask;
}

/// <summary>A grain that calls another one.</summary>
public interface ICallerGrain : IGrainWithStringKey
{
    /// <summary>Calls the grain named like this one <paramref name="calls"/> times, one after another.</summary>
    Task Call(int calls);
}

/// <inheritdoc/>
public sealed class CallerGrain : Grain, ICallerGrain
{
    public async Task Call(int calls)
    {
        var target = GrainFactory.GetGrain<IPingGrain>(this.GetPrimaryKeyString());
        for (int i = 0; i < calls; i++)
        {
            await target.Ping();
        }
    }
}
