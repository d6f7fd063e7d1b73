using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RoutingGrid.Api.Authentication;
using RoutingGrid.Api.OpenApi;
using RoutingGrid.Api.Problems;
using RoutingGrid.Api.Requests;
using RoutingGrid.GrainInterfaces;
using RoutingGrid.GrainInterfaces.Routing;
using RoutingGrid.Journal;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Api.Cases;

/// <summary>Cases, their timelines and why they are where they are.</summary>
internal static class CaseReads
{
    private const int LongestPage = 500;
    private const int UsualPage = 50;
    private static readonly CaseStatus[] Statuses = [.. Enum.GetValues<CaseStatus>().Where(status => status != CaseStatus.None)];

    public static void MapCaseReads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/workspaces/{workspace}/cases", List).For(Roles.Everyone).Refuses(422)
            .Titled("Cases", "List cases, newest first", "An agent's key lists what that agent holds or is asked about.");
        routes.MapGet("/workspaces/{workspace}/cases/{caseId}", Get).For(Roles.Everyone).Refuses(404)
            .Titled("Cases", "Read a case", "Its version is the ETag; If-None-Match is answered with 304.").Produces(304);
        routes.MapGet("/workspaces/{workspace}/cases/{caseId}/timeline", Timeline).For(Roles.Everyone).Refuses(404)
            .Titled("Cases", "Read everything that happened to a case", "After: the version after which to begin.");
        routes.MapGet("/workspaces/{workspace}/cases/{caseId}/explain", Explain).For(Roles.Supervisors).Refuses(404)
            .Titled("Cases", "Explain why a case waits, or why it went where it is");
    }

    private static async Task<Results<Ok<PageView<CaseView>>, Problem>> List(
        string workspace, Caller caller, IJournal journal, CancellationToken cancel,
        string? status = null, string? queue = null, string? agent = null, string? customer = null, bool open = false,
        string? cursor = null, int limit = UsualPage)
    {
        if (caller.AgentId is { } own && agent is not null && agent != own)
            return new Problem(ProblemTypes.Forbidden, "An agent's key lists that agent's cases only.");
        CaseStatus? wanted = null;
        if (status is not null && (wanted = Statuses.FirstOrDefault(s => Name(s) == status)) is null or CaseStatus.None)
            return Problem.Invalid([new FieldError("status", "unexpected", $"must be one of {string.Join(", ", Statuses.Select(Name))}.")]);
        return await Page(journal, workspace, new CaseFilter(wanted, queue, caller.AgentId ?? agent, customer, open), cursor, limit, cancel);
    }

    /// <summary>A page of cases that pass the filter, newest first.</summary>
    public static async Task<Results<Ok<PageView<CaseView>>, Problem>> Page(
        IJournal journal, string workspace, CaseFilter filter, string? cursor, int limit, CancellationToken cancel)
    {
        if (limit is < 1 or > LongestPage) return Problem.Invalid([new FieldError("limit", "outOfRange", $"must be from 1 to {LongestPage}.")]);
        try
        {
            var page = await journal.Read.Cases(workspace, filter, cursor, limit, cancel);
            return TypedResults.Ok(new PageView<CaseView>([.. page.Items.Select(CaseView.Of)], page.Next));
        }
        catch (ArgumentException error) when (error.ParamName == "cursor")
        {
            return Problem.Invalid([new FieldError("cursor", "notACursor", "is not one that a page named as its next.")]);
        }
    }

    private static async Task<Results<Ok<CaseView>, StatusCodeHttpResult, Problem>> Get(
        string workspace, string caseId, Caller caller, CaseAccess cases, HttpContext context, CancellationToken cancel)
    {
        if (await cases.Find(caller, workspace, caseId, cancel) is not { } row) return NoSuchCase(caseId);
        ETags.Set(context, row.State.Version);
        return ETags.IsKnown(context, row.State.Version) ? TypedResults.StatusCode(304) : TypedResults.Ok(CaseView.Of(row));
    }

    private static async Task<Results<Ok<TimelineView>, Problem>> Timeline(
        string workspace, string caseId, Caller caller, CaseAccess cases, IJournal journal, CancellationToken cancel, long after = 0)
    {
        if (await cases.Find(caller, workspace, caseId, cancel) is null) return NoSuchCase(caseId);
        var events = await journal.ReadStream(new StreamId(StreamKind.Case, workspace, caseId), Math.Max(0, after), cancel);
        return TypedResults.Ok(new TimelineView([.. events.Select(TimelineItem.Of)]));
    }

    private static async Task<Results<Ok<ExplanationView>, Problem>> Explain(
        string workspace, string caseId, IJournal journal, IGrainFactory grains, CancellationToken cancel)
    {
        if (await journal.Read.Case(workspace, caseId, cancel) is not { } row) return NoSuchCase(caseId);
        var waits = row.State.Status is CaseStatus.Queued or CaseStatus.Offered;
        var waiting = waits ? await grains.GetGrain<IRouterGrain>(GrainKeys.Router(workspace)).Explain(caseId) : null;
        return TypedResults.Ok(ExplanationView.Of(row, waiting));
    }

    private static string Name(CaseStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());

    public static Problem NoSuchCase(string caseId) => Problem.Of(RefusalCode.CaseUnknown, $"There is no case '{caseId}'.");
}
