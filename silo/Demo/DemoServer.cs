using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using RoutingGrid.GrainInterfaces.Workspaces;
using RoutingGrid.Silo.Hosting;

namespace RoutingGrid.Silo.Demo;

/// <summary>The server inside this process. The demo itself talks to it over HTTP only, but for the first key, which somebody must hand over.</summary>
internal sealed class DemoServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DemoServer(WebApplication app, HostLog log, Uri address, string adminKey) =>
        (_app, Log, Address, AdminKey) = (app, log, address, adminKey);

    public HostLog Log { get; }

    public Uri Address { get; }

    public string AdminKey { get; }

    public static async Task<DemoServer> Start(DemoSettings settings, TimeProvider time, CancellationToken cancellation)
    {
        var log = new HostLog();
        var app = await RoutingGridHost.Build(new HostSettings
        {
            Store = settings.DataDirectory is null ? JournalStore.Memory : JournalStore.Sqlite,
            DataDirectory = settings.DataDirectory ?? "",
            Urls = settings.Urls,
            Time = time,
            LogLevel = LogLevel.None,
            Add = builder =>
            {
                builder.Logging.AddProvider(log);
                // Ctrl-C ends the demo, which stops its server when it has asked it everything.
                builder.Services.AddSingleton<IHostLifetime, Lifetime>();
            },
        });
        try
        {
            await app.StartAsync(cancellation);
            var first = await app.Services.GetRequiredService<IGrainFactory>().GetGrain<IAccessGrain>("access").CreateFirst()
                ?? throw new InvalidOperationException("The journal has keys already; a demo needs a new one.");
            return new DemoServer(app, log, Reachable(app.Urls.First()), first.Secret);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>Who listens everywhere is reached on this machine.</summary>
    private static Uri Reachable(string url)
    {
        foreach (var everywhere in (string[])["//0.0.0.0", "//[::]", "//+", "//*"]) url = url.Replace(everywhere, "//127.0.0.1", StringComparison.Ordinal);
        return new Uri(url);
    }

    private sealed class Lifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
