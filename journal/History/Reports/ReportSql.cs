using System.Collections.Immutable;

namespace RoutingGrid.Journal.History.Reports;

/// <summary>How one database says what the other says differently.</summary>
/// <param name="Parameter">Before the number of a parameter.</param>
/// <param name="Greatest">The larger of two values.</param>
/// <param name="Least">The smaller of two values.</param>
/// <param name="First">The parameter with the first quarter of all spans: without it, a planner that does not know the spans reads everything.</param>
/// <param name="End">The parameter with the quarter after the last one.</param>
/// <param name="Spans">The rows (number, first_quarter, end_quarter, from_ms, until_ms) that the third parameter holds.</param>
internal sealed record ReportDialect(string Parameter, string Greatest, string Least, string First, string End, string Spans);

/// <summary>The statements of reports: the same for every database but for what its dialect says. Parameters of questions are the workspace, the only queue or
/// agent (empty: all), and the spans.</summary>
internal sealed class ReportSql
{
    private static readonly ImmutableArray<string> QueueNames = [.. ReportColumns.OfQueues.Select(column => column.Name)];
    private static readonly ImmutableArray<string> AgentNames = [.. ReportColumns.OfAgents.Select(column => column.Name)];
    private readonly ReportDialect _is;

    internal ReportSql(ReportDialect dialect)
    {
        _is = dialect;
        Queues = QueuesOf();
        Agents = AgentsOf();
        AddQueue = Upsert("report_queue", ["workspace", "quarter", "queue"], QueueNames, ("longest_wait_ms", _is.Greatest));
        AddAgent = Upsert("report_agent", ["workspace", "quarter", "agent"], AgentNames, ("first_act", _is.Least), ("last_act", _is.Greatest));
        AddTime = Upsert("report_time", ["workspace", "quarter", "agent", "activity"], ["ms"]);
    }

    /// <summary>Columns of a row: number of the span, queue, counts, longest wait.</summary>
    internal string Queues { get; }

    /// <summary>Columns of a row: number of the span, agent, activity, its time, counts, first and last act. Counts stand in rows with an empty activity.</summary>
    internal string Agents { get; }

    /// <summary>Adds to a row of a queue: workspace, quarter, queue, counts, longest wait.</summary>
    internal string AddQueue { get; }

    /// <summary>Adds to a row of an agent: workspace, quarter, agent, counts, first and last act.</summary>
    internal string AddAgent { get; }

    /// <summary>Adds to a row of an activity: workspace, quarter, agent, activity, time.</summary>
    internal string AddTime { get; }

    internal static string AllQueues { get; } = $"SELECT quarter, queue, {string.Join(", ", QueueNames)}, longest_wait_ms FROM report_queue WHERE workspace = ";
    internal static string AllAgents { get; } = $"SELECT quarter, agent, {string.Join(", ", AgentNames)}, first_act, last_act FROM report_agent WHERE workspace = ";
    internal static string AllTimes { get; } = "SELECT quarter, agent, activity, ms FROM report_time WHERE workspace = ";

    /// <summary>What has ended is in the sums of quarters; a wait that goes on is as long as it is by the span's end, or now. CROSS JOIN has the
    /// spans come first, so that only their quarters are read.</summary>
    private string QueuesOf() =>
        $"""
        WITH span AS ({_is.Spans}),
        part AS (
            SELECT span.number, q.queue, {Each(QueueNames, name => $"q.{name}")}, q.longest_wait_ms
            FROM span CROSS JOIN report_queue q
            WHERE q.workspace = {P(1)} AND q.quarter >= {_is.First} AND q.quarter < {_is.End} AND q.quarter >= span.first_quarter AND q.quarter < span.end_quarter AND ({P(2)} = '' OR q.queue = {P(2)})
            UNION ALL
            SELECT span.number, c.queue, {Each(QueueNames, _ => "0")}, span.until_ms - min(c.waiting_since)
            FROM span CROSS JOIN report_case c
            WHERE c.workspace = {P(1)} AND c.waiting_since IS NOT NULL AND c.queued_at < span.until_ms AND span.until_ms > span.from_ms AND ({P(2)} = '' OR c.queue = {P(2)})
            GROUP BY span.number, span.until_ms, c.queue)
        SELECT number, queue, {Each(QueueNames, Sum)}, max(longest_wait_ms) FROM part GROUP BY number, queue
        """;

    private string AgentsOf() =>
        $"""
        WITH span AS ({_is.Spans}),
        part AS (
            SELECT span.number, a.agent, '' AS activity, 0 AS ms, {Each(AgentNames, name => $"a.{name}")}, a.first_act, a.last_act
            FROM span CROSS JOIN report_agent a
            WHERE a.workspace = {P(1)} AND a.quarter >= {_is.First} AND a.quarter < {_is.End} AND a.quarter >= span.first_quarter AND a.quarter < span.end_quarter AND ({P(2)} = '' OR a.agent = {P(2)})
            UNION ALL
            SELECT span.number, t.agent, t.activity, t.ms, {Each(AgentNames, _ => "0")}, NULL, NULL
            FROM span CROSS JOIN report_time t
            WHERE t.workspace = {P(1)} AND t.quarter >= {_is.First} AND t.quarter < {_is.End} AND t.quarter >= span.first_quarter AND t.quarter < span.end_quarter AND ({P(2)} = '' OR t.agent = {P(2)})
            UNION ALL
            SELECT span.number, s.agent, s.activity, span.until_ms - {_is.Greatest}(span.from_ms, s.since), {Each(AgentNames, _ => "0")}, NULL, NULL
            FROM span CROSS JOIN report_shift s
            WHERE s.workspace = {P(1)} AND s.since < span.until_ms AND span.until_ms > span.from_ms AND ({P(2)} = '' OR s.agent = {P(2)}))
        SELECT number, agent, activity, {Sum("ms")}, {Each(AgentNames, Sum)}, min(first_act), max(last_act) FROM part GROUP BY number, agent, activity
        """;

    private string Upsert(string table, ImmutableArray<string> key, ImmutableArray<string> counts, params ReadOnlySpan<(string Name, string Choose)> others)
    {
        var names = key.AddRange(counts);
        var changes = counts.Select(name => $"{name} = {table}.{name} + excluded.{name}").ToList();
        foreach (var (name, choose) in others)
        {
            names = names.Add(name);
            changes.Add($"{name} = coalesce({choose}({table}.{name}, excluded.{name}), {table}.{name}, excluded.{name})");
        }
        return $"INSERT INTO {table} ({string.Join(", ", names)}) {{0}} ON CONFLICT ({string.Join(", ", key)}) DO UPDATE SET {string.Join(", ", changes)}";
    }

    private string P(int number) => FormattableString.Invariant($"{_is.Parameter}{number}");

    private static string Each(ImmutableArray<string> names, Func<string, string> sql) => string.Join(", ", names.Select(sql));

    // A sum of PostgreSQL's is a number of any size.
    private static string Sum(string name) => $"CAST(sum({name}) AS bigint)";
}
