using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RoutingGrid.Api.Agents;
using RoutingGrid.Api.Authentication;
using RoutingGrid.Api.OpenApi;
using RoutingGrid.Api.Problems;
using RoutingGrid.Api.Queues;
using RoutingGrid.Api.Requests;
using RoutingGrid.GrainInterfaces.Workspaces;
using RoutingGrid.Journal;
using RoutingGrid.Journal.History;
using RoutingGrid.Journal.History.Reports;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Reports;

namespace RoutingGrid.Api.Reports;

/// <summary>Agents by day and queues by interval, as docs/REPORTS.md defines their figures.</summary>
internal static class ReportEndpoints
{
    public static void MapReports(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/workspaces/{workspace}/reports/agents", Agents).For(Roles.SupervisorsAndAgents).Refuses(404, 422)
            .Titled("Reports", "Read what agents did, day by day",
                "A row for every agent and day, also where there is nothing to tell. An agent's key reads that agent's days. At most 366 days at once.")
            .Produces(200, contentType: "text/csv");
        routes.MapGet("/workspaces/{workspace}/reports/queues", Queues).For(Roles.Supervisors).Refuses(404, 422)
            .Titled("Reports", "Read what happened in queues, interval by interval",
                "A row for every queue and interval, also where nothing happened. interval: 15m (at most 31 days at once), 30m (62), 1h (124) or 1d (366). "
                + "TME: average wait. TMO: average handling time.")
            .Produces(200, contentType: "text/csv");
    }

    private static async Task<Results<Ok<ReportView<AgentDayView>>, ReportCsv, Problem>> Agents(
        string workspace, [AsParameters] ReportRequest request, Caller caller, IGrainFactory grains, IJournal journal, IHistory history, TimeProvider time,
        CancellationToken cancel, string? agent = null)
    {
        if (caller.AgentId is { } own && agent is not null && agent != own) return new Problem(ProblemTypes.Forbidden, "An agent's key reads that agent's days only.");
        if (Named("agent", agent) is { } unnamed) return unnamed;
        if (await Configuration(grains, workspace) is not { } configuration) return QueueEndpoints.NotConfigured(workspace);
        var only = caller.AgentId ?? agent;
        if (only is not null && await AgentReads.WhyNot(workspace, only, grains, journal, cancel) is { } unknown) return Problem.Of(unknown);
        var (frame, problem) = request.Read(configuration, null, null, time.GetUtcNow());
        if (frame is null) return problem!;
        var found = await history.Reports.Agents(new ReportQuery(workspace, frame.Spans, only, frame.Now), cancel);
        var rows = Fill(frame, found, row => (row.Span, row.Agent), only, configuration.Agents.Select(known => known.Id), AgentDayView.Of);
        return Answer(frame, rows) is var report && frame.AsCsv ? ReportCsv.Of($"agents-{workspace}-{frame.From:yyyy-MM-dd}.csv", report) : TypedResults.Ok(report);
    }

    private static async Task<Results<Ok<ReportView<QueueIntervalView>>, ReportCsv, Problem>> Queues(
        string workspace, [AsParameters] ReportRequest request, IGrainFactory grains, IHistory history, TimeProvider time, CancellationToken cancel,
        string? interval = null, string? queue = null)
    {
        if (Named("queue", queue) is { } unnamed) return unnamed;
        if (await Configuration(grains, workspace) is not { } configuration) return QueueEndpoints.NotConfigured(workspace);
        var settings = configuration.Queues.FirstOrDefault(known => known.Name == queue);
        var (frame, problem) = request.Read(configuration, settings?.Calendar, interval, time.GetUtcNow());
        if (frame is null) return problem!;
        var found = await history.Reports.Queues(new ReportQuery(workspace, frame.Spans, queue, frame.Now), cancel);
        // One that is no longer configured is still there to see.
        if (queue is not null && settings is null && found.IsEmpty)
            return Problem.Of(RefusalCode.QueueUnknown, $"queue: the configuration of '{workspace}' has no queue '{queue}', and nothing happened in one of that name on these days.");
        var rows = Fill(frame, found, row => (row.Span, row.Queue), queue, configuration.Queues.Select(known => known.Name), QueueIntervalView.Of);
        return Answer(frame, rows) is var report && frame.AsCsv ? ReportCsv.Of($"queues-{workspace}-{frame.From:yyyy-MM-dd}.csv", report) : TypedResults.Ok(report);
    }

    private static Problem? Named(string field, string? name)
    {
        var checks = new Checks();
        checks.Id(field, name);
        return checks.Problem;
    }

    // Asked first, so that names that nobody configured do not become grains.
    private static async Task<WorkspaceConfiguration?> Configuration(IGrainFactory grains, string workspace) =>
        (await grains.GetGrain<IWorkspaceGrain>(workspace).Get())?.Configuration;

    /// <summary>A row for every span and everyone who is configured, or of whom there is something to tell: by span, then by name.</summary>
    private static IEnumerable<TView> Fill<TRow, TView>(
        ReportFrame frame, IReadOnlyCollection<TRow> rows, Func<TRow, (ReportSpan Span, string Name)> key, string? only, IEnumerable<string> configured,
        Func<ReportSpan, string, TRow?, TView> view) where TRow : class
    {
        var found = rows.ToDictionary(key);
        var names = (only is null ? configured.Concat(found.Keys.Select(entry => entry.Name)) : [only]).Distinct().Order(StringComparer.Ordinal).ToList();
        return frame.Spans.SelectMany(span => names.Select(name => view(span, name, found.GetValueOrDefault((span, name)))));
    }

    private static ReportView<T> Answer<T>(ReportFrame frame, IEnumerable<T> rows) => new(frame.Zone, frame.From, frame.To, frame.Interval, frame.Now, [.. rows]);
}
