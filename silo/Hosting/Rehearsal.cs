using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using RoutingGrid.GrainInterfaces.Workspaces;

namespace RoutingGrid.Silo.Hosting;

/// <summary>Starts and stops a server in memory that nobody reaches, while this one stands by: what it starts when it takes over is
/// compiled then, and takes a fraction of the time.</summary>
internal static class Rehearsal
{
    public static async Task Run(ILogger log, CancellationToken cancel)
    {
        try
        {
            // A door that nobody opens: it does not listen.
            var settings = new HostSettings { Store = JournalStore.Memory, LogLevel = LogLevel.None, Add = builder => Door.Add(builder.Services) };
            await using var app = await RoutingGridHost.Build(settings, cancel);
            await app.StartAsync(cancel);
            await app.Services.GetRequiredService<IGrainFactory>().GetGrain<IAccessGrain>("access").CreateFirst();
            await app.StopAsync(cancel);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogWarning(error, "The rehearsal failed; taking over takes longer.");
        }
    }
}
