using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoutingGrid.Api.Agents;
using RoutingGrid.Api.Authentication;
using RoutingGrid.Api.OpenApi;
using RoutingGrid.Api.Problems;
using RoutingGrid.Api.Queues;
using RoutingGrid.Journal;

namespace RoutingGrid.Api.Live;

/// <summary>Live feeds as server-sent events. <see cref="LiveHub"/> has the same for browsers.</summary>
internal static class LiveEndpoints
{
    public static void MapLive(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/workspaces/{workspace}/agents/{agentId}/events", Agent).For(Roles.SupervisorsAndAgents).Refuses(404)
            .Titled("Live", "Watch an agent",
                "Server-sent events, named by the notice's type. The first is agent.snapshot, and after any interruption it is again.")
            .Produces<NoticeView>(200, "text/event-stream").WithMetadata(new TakesKeyInQuery());
        routes.MapGet("/workspaces/{workspace}/live", Wallboard).For(Roles.Supervisors).Refuses(404)
            .Titled("Live", "Watch the wallboard", "Server-sent events named wallboard: at every change, once a second at the most.")
            .Produces<WallboardView>(200, "text/event-stream").WithMetadata(new TakesKeyInQuery());
    }

    private static async Task<IResult> Agent(
        string workspace, string agentId, Caller caller, LiveServices services, IJournal journal, CancellationToken cancel) =>
        await AgentReads.WhyNot(workspace, agentId, services.Grains, journal, cancel) is { } refusal
            ? Problem.Of(refusal)
            : await Start(new AgentFeed(workspace, agentId, caller, services));

    private static async Task<IResult> Wallboard(string workspace, Caller caller, LiveServices services) =>
        await QueueEndpoints.IsConfigured(services.Grains, workspace)
            ? await Start(new WallboardFeed(workspace, caller, services))
            : QueueEndpoints.NotConfigured(workspace);

    // Before the first byte is sent, so that a failure is still a problem with a status.
    private static async Task<IResult> Start(Feed feed)
    {
        try
        {
            await feed.Start();
            return new EventStream(feed);
        }
        catch
        {
            await feed.DisposeAsync();
            throw;
        }
    }
}
