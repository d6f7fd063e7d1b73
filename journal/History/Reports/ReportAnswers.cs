using System.Collections.Immutable;
using RoutingGrid.Routing.Reports;

namespace RoutingGrid.Journal.History.Reports;

/// <summary>Rows of the database as rows of a report, in their order.</summary>
internal static class ReportAnswers
{
    /// <summary>A row of <see cref="ReportSql.Queues"/>.</summary>
    internal sealed record QueueRow(int Span, string Queue, QueueCounts Counts, long LongestWaitMs);

    /// <summary>A row of <see cref="ReportSql.Agents"/>.</summary>
    internal sealed record AgentRow(int Span, string Agent, string Activity, long Ms, AgentCounts Counts, long? FirstAct, long? LastAct);

    internal static ImmutableArray<QueueInterval> Queues(ReportQuery query, IEnumerable<QueueRow> rows) =>
    [
        .. rows.OrderBy(row => row.Span).ThenBy(row => row.Queue, StringComparer.Ordinal)
            .Select(row => new QueueInterval(query.Spans[row.Span], row.Queue, row.Counts, row.LongestWaitMs)),
    ];

    internal static ImmutableArray<AgentDay> Agents(ReportQuery query, IEnumerable<AgentRow> rows) =>
    [
        .. rows.GroupBy(row => (row.Span, row.Agent)).OrderBy(day => day.Key.Span).ThenBy(day => day.Key.Agent, StringComparer.Ordinal)
            .Select(day => Day(query.Spans[day.Key.Span], day.Key.Agent, [.. day])),
    ];

    /// <summary>Spans as the parameters of the statements: number, first quarter, quarter after the last, beginning, and until when what goes on counts.</summary>
    internal static IEnumerable<(long Number, long FirstQuarter, long EndQuarter, long FromMs, long UntilMs)> Spans(ReportQuery query)
    {
        var now = query.Now.ToUnixTimeMilliseconds();
        for (var i = 0; i < query.Spans.Length; i++)
        {
            var span = query.Spans[i];
            yield return (i, ReportTally.QuarterOf(span.StartMs), ReportTally.QuarterOf(span.EndMs), span.StartMs, Math.Min(span.EndMs, now));
        }
    }

    /// <summary>The first quarter of all spans, and the one after their last.</summary>
    internal static (long First, long End) Bounds(ReportQuery query) => query.Spans.IsEmpty
        ? (0, 0)
        : (ReportTally.QuarterOf(query.Spans[0].StartMs), ReportTally.QuarterOf(query.Spans[^1].EndMs));

    private static AgentDay Day(ReportSpan span, string agent, ImmutableArray<AgentRow> rows)
    {
        var counts = rows.FirstOrDefault(row => row.Activity.Length == 0);
        return new AgentDay(
            span, agent, counts?.Counts ?? default, counts?.FirstAct, counts?.LastAct,
            rows.Where(row => row.Activity.Length > 0).ToImmutableSortedDictionary(row => row.Activity, row => row.Ms, StringComparer.Ordinal));
    }
}
