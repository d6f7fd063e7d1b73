using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RoutingGrid.GrainInterfaces.Routing;
using RoutingGrid.Journal;
using RoutingGrid.Journal.Memory;
#if ORLEANS
using System.Net;
using System.Net.Sockets;
using Orleans.Hosting;
using RoutingGrid.Silo.Hosting;
#else
using RoutingGrid.Engine;
#endif

namespace RoutingGrid.Grains.Tests.RealTime;

/// <summary>The grains over a journal in memory, by the clock on the wall, on whichever engine this build uses.</summary>
public sealed class RealTimeHost : IAsyncLifetime
{
    private readonly IHost _host;

    public RealTimeHost()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IJournal, MemoryJournal>();
        builder.Services.AddGrains(new GrainOptions { ConfigurationMaxAge = TimeSpan.MaxValue });
        AddEngine(builder);
        _host = builder.Build();
    }

    public IServiceProvider Services => _host.Services;
    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();
    public IJournal Journal => _host.Services.GetRequiredService<IJournal>();

    public async ValueTask InitializeAsync()
    {
        await _host.StartAsync();
        for (var shard = 0; shard < DeadlineRow.Shards; shard++) await Grains.GetGrain<IClockGrain>(FormattableString.Invariant($"{shard}")).Start();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

#if ORLEANS
    private static void AddEngine(HostApplicationBuilder builder)
    {
        OrleansDomainCodec.Add(builder.Services);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(FreePort(), FreePort(), serviceId: Guid.NewGuid().ToString("N"), clusterId: Guid.NewGuid().ToString("N"));
            silo.AddMemoryGrainStorageAsDefault();
            silo.UseInMemoryReminderService();
        });
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
#else
    private static void AddEngine(HostApplicationBuilder builder) =>
        builder.Services.AddEmbeddedEngine(engine => engine.Assemblies.Add(typeof(GrainServices).Assembly));
#endif
}
