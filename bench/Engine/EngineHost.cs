using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
#if ORLEANS
using System.Net;
using System.Net.Sockets;
using Orleans.Hosting;
#else
using RoutingGrid.Engine;
#endif

namespace RoutingGrid.Bench.Engine;

/// <summary>One silo in this process, of whichever engine this build uses.</summary>
internal sealed class EngineHost : IAsyncDisposable
{
    private readonly IHost _host;

    private EngineHost(IHost host) => _host = host;

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public static async Task<EngineHost> Start()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging(static logging => logging.SetMinimumLevel(LogLevel.None));
        Add(builder);
        IHost host = builder.Build();
        await host.StartAsync();
        return new(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

#if ORLEANS
    public const string Name = "orleans";

    private static void Add(HostApplicationBuilder builder) => builder.UseOrleans(static silo =>
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        silo.UseLocalhostClustering(port, gatewayPort: 0);
    });
#else
    public const string Name = "embedded";

    private static void Add(HostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddEmbeddedEngine();
    }
#endif
}
