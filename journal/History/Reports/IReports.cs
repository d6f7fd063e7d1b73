using System.Collections.Immutable;
using RoutingGrid.Journal.Audit;
using RoutingGrid.Routing.Reports;

namespace RoutingGrid.Journal.History.Reports;

/// <summary>What a report is asked for.</summary>
/// <param name="Spans">Days or intervals, in order and without overlaps, from <see cref="ReportPeriod.Cut"/>.</param>
/// <param name="Only">One queue or one agent; null: all.</param>
/// <param name="Now">Until when what has not ended yet counts.</param>
public sealed record ReportQuery(string Workspace, ImmutableArray<ReportSpan> Spans, string? Only, DateTimeOffset Now);

/// <summary>Statistics of queues and agents, as docs/REPORTS.md defines them. What was acknowledged before the question is in the answer.</summary>
/// <exception cref="HistoryBehindException">The history has not come as far.</exception>
public interface IReports
{
    /// <summary>A row for every queue in every span in which there is something to tell, by span and queue.</summary>
    ValueTask<ImmutableArray<QueueInterval>> Queues(ReportQuery query, CancellationToken cancel = default);

    /// <summary>A row for every agent on every day on which there is something to tell, by day and agent.</summary>
    ValueTask<ImmutableArray<AgentDay>> Agents(ReportQuery query, CancellationToken cancel = default);

    /// <summary>Where the sums that are kept are not those that a whole journal's events make; the first hundred of each workspace.</summary>
    /// <param name="audit">Has read the whole journal, which is at rest.</param>
    ValueTask<ImmutableArray<ReportDifference>> Differences(JournalAudit audit, CancellationToken cancel = default);
}

/// <summary>A sum that is not what the events make it.</summary>
public sealed record ReportDifference(string Workspace, string What);
