using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using RoutingGrid.Api.Health;
using RoutingGrid.GrainInterfaces;
using RoutingGrid.GrainInterfaces.Routing;
using RoutingGrid.Journal;

namespace RoutingGrid.Silo.Hosting;

/// <summary>Starts what nobody calls: the clocks, whose deadlines may be long due after a crash, and the routers of all workspaces.</summary>
internal sealed class Startup(
    IJournal journal, IGrainFactory grains, Readiness readiness, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<Startup> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var workspaces = await journal.Read.Workspaces(cancellationToken);
        var shards = Enumerable.Range(0, DeadlineRow.Shards).Select(shard => shard.ToString(CultureInfo.InvariantCulture));
        var clocks = shards.Select(shard => grains.GetGrain<IClockGrain>(shard).Start());
        var routers = workspaces.Select(workspace => grains.GetGrain<IRouterGrain>(GrainKeys.Router(workspace)).Start());
        await Task.WhenAll([.. clocks, .. routers]).WaitAsync(cancellationToken);
        lifetime.ApplicationStopping.Register(readiness.Stopping);
        readiness.Ready();
        log.LogInformation("Ready in {Milliseconds:0} ms: {Workspaces} workspaces, {Engine}.",
            time.GetElapsedTime(began).TotalMilliseconds, workspaces.Count, Engines.Name);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
