using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using RoutingGrid.Grains;
#if !ORLEANS
using RoutingGrid.Engine;
#else
using System.Net;
using System.Net.Sockets;
using Orleans.Hosting;
#endif

namespace RoutingGrid.Silo.Hosting;

/// <summary>The engine that runs the grains: one property of the build says which.</summary>
internal static class Engines
{
#if !ORLEANS
    public const string Name = "embedded engine";

    /// <summary>One process runs every grain; a second one on the same journal would do the same work.</summary>
    public const bool RunsAlone = true;

    /// <summary>One process runs every grain: it hears of each change of a configuration, and starts its clocks itself.</summary>
    public static GrainOptions Options { get; } = new() { ConfigurationMaxAge = TimeSpan.MaxValue, ClockReminders = false };

    public static void AddEngine(this WebApplicationBuilder builder) =>
        builder.Services.AddEmbeddedEngine(engine => engine.Assemblies.Add(typeof(GrainServices).Assembly));
#else
    public const string Name = "Orleans, one local silo";

    public const bool RunsAlone = false;

    public static GrainOptions Options { get; } = new();

    public static void AddEngine(this WebApplicationBuilder builder)
    {
        OrleansDomainCodec.Add(builder.Services);
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(siloPort: FreePort(), gatewayPort: FreePort())
            .UseInMemoryReminderService()
            .AddMemoryGrainStorageAsDefault());
    }

    // Several servers on one machine must not meet: each is a cluster of its own.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
#endif
}
