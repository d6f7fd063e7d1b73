using Npgsql;
using RoutingGrid.Journal.History.Reports;
using RoutingGrid.Routing.Reports;

namespace RoutingGrid.Journal.History.Postgres.Reports;

/// <summary>Sums by quarter of an hour in PostgreSQL, and what is remembered of open cases, signed-in agents and configurations: as in SQLite, with
/// whole batches in a statement.</summary>
internal sealed class ReportTables(NpgsqlConnection connection) : PostgresProjection
{
    internal static readonly string[] Tables = ["report_queue", "report_agent", "report_time", "report_case", "report_shift", "report_level"];

    internal static readonly ReportSql Sql = new(new ReportDialect(
        "$", "greatest", "least", "$8", "$9",
        """
        SELECT * FROM unnest($3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[]) AS u(number, first_quarter, end_quarter, from_ms, until_ms)
        """));

    private static readonly string AddQueue = Rows(Sql.AddQueue, "text", "bigint", "text", Longs(ReportColumns.OfQueues.Length + 1));
    private static readonly string AddAgent = Rows(Sql.AddAgent, "text", "bigint", "text", Longs(ReportColumns.OfAgents.Length + 2));
    private static readonly string AddTime = Rows(Sql.AddTime, "text", "bigint", "text", ["text", "bigint"]);

    private const string FindCases =
        """
        SELECT c.workspace, c.case_id, c.again, c.handling_ms, c.hands, c.waiting_since, c.queue, c.queued_at
        FROM unnest($1::text[], $2::text[]) AS u(workspace, case_id) JOIN report_case c ON c.workspace = u.workspace AND c.case_id = u.case_id
        """;

    private const string PutCases =
        """
        INSERT INTO report_case (workspace, case_id, again, handling_ms, hands, waiting_since, queue, queued_at)
        SELECT * FROM unnest($1::text[], $2::text[], $3::boolean[], $4::bigint[], $5::text[], $6::bigint[], $7::text[], $8::bigint[])
        ON CONFLICT (workspace, case_id) DO UPDATE SET again = excluded.again, handling_ms = excluded.handling_ms, hands = excluded.hands,
            waiting_since = excluded.waiting_since, queue = excluded.queue, queued_at = excluded.queued_at
        """;

    private const string DropCases =
        "DELETE FROM report_case c USING unnest($1::text[], $2::text[]) AS u(workspace, case_id) WHERE c.workspace = u.workspace AND c.case_id = u.case_id";

    private const string FindAgents =
        """
        SELECT s.workspace, s.agent, s.activity, s.since FROM unnest($1::text[], $2::text[]) AS u(workspace, agent)
        JOIN report_shift s ON s.workspace = u.workspace AND s.agent = u.agent
        """;

    private const string PutAgents =
        """
        INSERT INTO report_shift (workspace, agent, activity, since) SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[])
        ON CONFLICT (workspace, agent) DO UPDATE SET activity = excluded.activity, since = excluded.since
        """;

    private const string DropAgents =
        "DELETE FROM report_shift s USING unnest($1::text[], $2::text[]) AS u(workspace, agent) WHERE s.workspace = u.workspace AND s.agent = u.agent";

    private const string PutLevels =
        """
        INSERT INTO report_level (workspace, position, queue, seconds) SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::integer[])
        ON CONFLICT (workspace, position, queue) DO NOTHING
        """;

    private readonly Dictionary<string, ServiceLevels> _levels = [];

    internal override async Task Write(IReadOnlyList<HistoryStep> steps)
    {
        var memory = await Remember(steps);
        var batch = new ReportBatch(memory);
        batch.Add(steps);
        await AddSums(batch);
        await PutOpen(batch);
        await PutShifts(batch);
        var levels = batch.Configured.SelectMany(one => ServiceLevels.Of(one.Event.Configuration).Append(KeyValuePair.Create("", 0))
            .Select(level => (one.Workspace, one.Position, Queue: level.Key, Seconds: level.Value))).ToList();
        if (levels.Count > 0)
            await connection.Run(PutLevels, Of(levels, row => row.Workspace), Of(levels, row => row.Position), Of(levels, row => row.Queue), Of(levels, row => row.Seconds));
    }

    internal override void Forget() => _levels.Clear();

    private async Task<Memory> Remember(IReadOnlyList<HistoryStep> steps)
    {
        var memory = new Memory(_levels);
        var (cases, agents) = ReportBatch.Needed(steps);
        if (cases.Length > 0)
            await connection.Each(FindCases, row => memory.Cases[(row.GetString(0), row.GetString(1))] = new OpenCase(
                new CaseWork(row.GetBoolean(2), PostgresReports.Optional(row, 5), row.GetInt64(3), Hands.Read(row.GetString(4))), row.GetString(6), row.GetInt64(7)),
                Of(cases, stream => stream.Workspace), Of(cases, stream => stream.Id));
        if (agents.Length > 0)
            await connection.Each(FindAgents, row => memory.Agents[(row.GetString(0), row.GetString(1))] = new AgentWork(row.GetString(2), row.GetInt64(3)),
                Of(agents, stream => stream.Workspace), Of(agents, stream => stream.Id));
        foreach (var workspace in steps.Select(step => step.Workspace).Distinct().Where(workspace => !_levels.ContainsKey(workspace)))
            _levels[workspace] = await LevelsOf(workspace);
        return memory;
    }

    private async Task<ServiceLevels> LevelsOf(string workspace)
    {
        var rows = new List<(long Position, string Queue, int Seconds)>();
        await connection.Each(
            "SELECT position, queue, seconds FROM report_level WHERE workspace = $1", row => rows.Add((row.GetInt64(0), row.GetString(1), row.GetInt32(2))), workspace);
        var levels = new ServiceLevels();
        foreach (var one in rows.GroupBy(row => row.Position)) levels.Add(one.Key, one.ToDictionary(row => row.Queue, row => row.Seconds, StringComparer.Ordinal));
        return levels;
    }

    private async Task AddSums(ReportBatch batch)
    {
        var queues = batch.Tallies.SelectMany(tally => tally.Value.Queues.Select(row => (Workspace: tally.Key, row.Key.Quarter, row.Key.Queue, Sum: row.Value))).ToList();
        if (queues.Count > 0)
            await connection.Run(AddQueue,
            [
                Of(queues, row => row.Workspace), Of(queues, row => row.Quarter), Of(queues, row => row.Queue),
                .. ReportColumns.OfQueues.Select(column => Of(queues, row => column.Of(row.Sum.Counts))), Of(queues, row => row.Sum.LongestWaitMs),
            ]);
        var agents = batch.Tallies.SelectMany(tally => tally.Value.Agents.Select(row => (Workspace: tally.Key, row.Key.Quarter, row.Key.Agent, Sum: row.Value))).ToList();
        if (agents.Count > 0)
            await connection.Run(AddAgent,
            [
                Of(agents, row => row.Workspace), Of(agents, row => row.Quarter), Of(agents, row => row.Agent),
                .. ReportColumns.OfAgents.Select(column => Of(agents, row => column.Of(row.Sum.Counts))), Of(agents, row => row.Sum.FirstAct), Of(agents, row => row.Sum.LastAct),
            ]);
        var times = batch.Tallies.SelectMany(tally => tally.Value.Times.Select(row => (Workspace: tally.Key, row.Key, Ms: row.Value))).ToList();
        if (times.Count > 0)
            await connection.Run(AddTime,
                Of(times, row => row.Workspace), Of(times, row => row.Key.Quarter), Of(times, row => row.Key.Agent), Of(times, row => row.Key.Activity), Of(times, row => row.Ms));
    }

    private async Task PutOpen(ReportBatch batch)
    {
        var all = batch.Cases.ToLookup(row => row.Case == OpenCase.None);
        var (gone, open) = (all[true].ToList(), all[false].ToList());
        if (gone.Count > 0) await connection.Run(DropCases, Of(gone, row => row.Key.Workspace), Of(gone, row => row.Key.Id));
        if (open.Count > 0)
            await connection.Run(PutCases,
                Of(open, row => row.Key.Workspace), Of(open, row => row.Key.Id), Of(open, row => row.Case.Work.Again), Of(open, row => row.Case.Work.HandlingMs),
                Of(open, row => Hands.Write(row.Case.Work.Hands)), Of(open, row => row.Case.Work.WaitingSince), Of(open, row => row.Case.Queue), Of(open, row => row.Case.QueuedAt));
    }

    private async Task PutShifts(ReportBatch batch)
    {
        var all = batch.Agents.ToLookup(row => row.Work is null);
        var (gone, there) = (all[true].ToList(), all[false].ToList());
        if (gone.Count > 0) await connection.Run(DropAgents, Of(gone, row => row.Key.Workspace), Of(gone, row => row.Key.Id));
        if (there.Count > 0)
            await connection.Run(PutAgents,
                Of(there, row => row.Key.Workspace), Of(there, row => row.Key.Id), Of(there, row => row.Work!.Activity), Of(there, row => row.Work!.Since));
    }

    /// <summary>Has a statement take its rows as columns.</summary>
    private static string Rows(string sql, string first, string second, string third, string[] others)
    {
        string[] types = [first, second, third, .. others];
        return string.Format(null, sql, $"SELECT * FROM unnest({string.Join(", ", types.Select((type, i) => $"${i + 1}::{type}[]"))})");
    }

    private static string[] Longs(int count) => [.. Enumerable.Repeat("bigint", count)];

    private static object Of<TRow, T>(IReadOnlyList<TRow> rows, Func<TRow, T> of) => rows.Select(of).ToArray();

    private sealed class Memory(Dictionary<string, ServiceLevels> levels) : IReportMemory
    {
        internal Dictionary<(string, string), OpenCase> Cases { get; } = [];

        internal Dictionary<(string, string), AgentWork> Agents { get; } = [];

        public OpenCase Case(string workspace, string caseId) => Cases.GetValueOrDefault((workspace, caseId), OpenCase.None);

        public AgentWork? Agent(string workspace, string agentId) => Agents.GetValueOrDefault((workspace, agentId));

        public ServiceLevels Levels(string workspace) => levels[workspace];
    }
}
