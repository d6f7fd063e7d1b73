using Microsoft.Extensions.DependencyInjection;
using RoutingGrid.Api.Health;
using RoutingGrid.Api.Tests.Support;

namespace RoutingGrid.Api.Tests;

public sealed class HealthTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Live_and_ready_need_no_key()
    {
        Assert.Equal("live", (await server.Get("/health/live")).Expect(200).Body.Text("status"));
        Assert.Equal("ready", (await server.Get("/health/ready")).Expect(200).Body.Text("status"));
    }

    [Fact]
    public async Task A_server_that_stops_is_live_and_not_ready()
    {
        var readiness = server.App.Services.GetRequiredService<Readiness>();
        readiness.Stopping();
        try
        {
            Assert.Equal("stopping", (await server.Get("/health/ready")).Expect(503).Body.Text("status"));
            (await server.Get("/health/live")).Expect(200);
        }
        finally
        {
            readiness.Ready();
        }
    }
}
