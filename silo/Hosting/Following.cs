using Microsoft.Extensions.Hosting;
using RoutingGrid.Journal.History;

namespace RoutingGrid.Silo.Hosting;

/// <summary>Has the history follow while the server is active, so that searches and reports have little to catch up with. A server that stands by is not started yet, and does not follow.</summary>
internal sealed class Following(IHistory history) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => history.Follow(stoppingToken);
}
