using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RoutingGrid.Api.Authentication;
using RoutingGrid.Api.OpenApi;
using RoutingGrid.Api.Problems;
using RoutingGrid.GrainInterfaces;
using RoutingGrid.GrainInterfaces.Live;
using RoutingGrid.GrainInterfaces.Routing;
using RoutingGrid.GrainInterfaces.Workspaces;
using RoutingGrid.Journal;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Api.Queues;

/// <summary>A queue as it is now.</summary>
/// <param name="Waiting">Cases without an agent, those with offers counted.</param>
/// <param name="Asking">Those of them about which somebody is asked.</param>
/// <param name="LongestSince">Since when the case that came first has waited.</param>
/// <param name="Open">Whether it is within its business hours.</param>
/// <param name="InHands">Open cases of the queue that an agent holds.</param>
/// <param name="Parked">Open cases that wait for somebody else, or are escalated.</param>
internal sealed record QueueView(string Queue, int Waiting, int Asking, DateTimeOffset? LongestSince, bool Open, int InHands, int Parked);

/// <summary>Queues and the wallboard, as they are now.</summary>
internal static class QueueEndpoints
{
    public static void MapQueues(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/workspaces/{workspace}/queues", List).For(Roles.SupervisorsAndAgents).Refuses(404)
            .Titled("Queues", "Read every queue as it is now");
        routes.MapGet("/workspaces/{workspace}/wallboard", Wallboard).For(Roles.Supervisors).Refuses(404)
            .Titled("Queues", "Read what the wallboard shows", "TME: average wait. TMO: average handling time. Counts and averages are of the current day in UTC.");
    }

    private static async Task<Results<Ok<ListView<QueueView>>, Problem>> List(
        string workspace, IGrainFactory grains, IJournal journal, CancellationToken cancel)
    {
        if (!await IsConfigured(grains, workspace)) return NotConfigured(workspace);
        var queues = await grains.GetGrain<IRouterGrain>(GrainKeys.Router(workspace)).Queues();
        var counts = (await journal.Read.OpenByQueue(workspace, cancel)).ToLookup(count => count.Queue);
        return TypedResults.Ok(new ListView<QueueView>(
        [
            .. queues.Select(q => new QueueView(
                q.Queue, q.Waiting, q.Asking, q.LongestSince, q.Open,
                counts[q.Queue].Where(c => c.Status == CaseStatus.Assigned).Sum(c => c.Count),
                counts[q.Queue].Where(c => c.Status is CaseStatus.Waiting or CaseStatus.Escalated).Sum(c => c.Count))),
        ]));
    }

    private static async Task<Results<Ok<WallboardView>, Problem>> Wallboard(string workspace, IGrainFactory grains) =>
        await IsConfigured(grains, workspace)
            ? TypedResults.Ok(WallboardView.Of(await grains.GetGrain<IWallboardGrain>(workspace).Get()))
            : NotConfigured(workspace);

    // Asked first, so that names that nobody configured do not become grains.
    public static async Task<bool> IsConfigured(IGrainFactory grains, string workspace) =>
        await grains.GetGrain<IWorkspaceGrain>(workspace).Get() is not null;

    public static Problem NotConfigured(string workspace) => Problem.Of(RefusalCode.WorkspaceUnknown, $"Workspace '{workspace}' has no configuration yet.");
}
