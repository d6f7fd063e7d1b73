using System.Collections.Immutable;
using RoutingGrid.Journal.History.Reports;
using RoutingGrid.Journal.Sqlite.Native;
using RoutingGrid.Journal.Sqlite.Reading;
using RoutingGrid.Routing.Reports;

namespace RoutingGrid.Journal.History.Sqlite.Reports;

/// <summary>Sums by quarter of an hour, and what is remembered of open cases, signed-in agents and configurations.</summary>
internal sealed class ReportTables(Database database) : SqliteProjection, IReportMemory
{
    /// <summary>Another number makes every history count anew.</summary>
    internal const int Meaning = 1;

    internal static readonly ReportSql Sql = new(new ReportDialect(
        "?", "max", "min", "?4", "?5",
        """
        SELECT value ->> 0 AS number, value ->> 1 AS first_quarter, value ->> 2 AS end_quarter, value ->> 3 AS from_ms, value ->> 4 AS until_ms FROM json_each(?3)
        """));

    internal static readonly string Schema =
        $"""
        CREATE TABLE report_queue (
            workspace TEXT NOT NULL, quarter INTEGER NOT NULL, queue TEXT NOT NULL, {Columns(ReportColumns.OfQueues.Select(column => column.Name))},
            longest_wait_ms INTEGER NOT NULL, PRIMARY KEY (workspace, quarter, queue)) WITHOUT ROWID;
        CREATE TABLE report_agent (
            workspace TEXT NOT NULL, quarter INTEGER NOT NULL, agent TEXT NOT NULL, {Columns(ReportColumns.OfAgents.Select(column => column.Name))},
            first_act INTEGER, last_act INTEGER, PRIMARY KEY (workspace, quarter, agent)) WITHOUT ROWID;
        CREATE TABLE report_time (
            workspace TEXT NOT NULL, quarter INTEGER NOT NULL, agent TEXT NOT NULL, activity TEXT NOT NULL, ms INTEGER NOT NULL,
            PRIMARY KEY (workspace, quarter, agent, activity)) WITHOUT ROWID;
        CREATE TABLE report_case (
            workspace TEXT NOT NULL, case_id TEXT NOT NULL, again INTEGER NOT NULL, handling_ms INTEGER NOT NULL, hands TEXT NOT NULL,
            waiting_since INTEGER, queue TEXT NOT NULL, queued_at INTEGER NOT NULL, PRIMARY KEY (workspace, case_id)) WITHOUT ROWID;
        CREATE INDEX report_case_waiting ON report_case (workspace, queued_at, queue, waiting_since) WHERE waiting_since IS NOT NULL;
        CREATE TABLE report_shift (
            workspace TEXT NOT NULL, agent TEXT NOT NULL, activity TEXT NOT NULL, since INTEGER NOT NULL, PRIMARY KEY (workspace, agent)) WITHOUT ROWID;
        CREATE TABLE report_level (
            workspace TEXT NOT NULL, position INTEGER NOT NULL, queue TEXT NOT NULL, seconds INTEGER NOT NULL,
            PRIMARY KEY (workspace, position, queue)) WITHOUT ROWID;
        """;

    private readonly Rows _rows = new(database);
    private readonly Dictionary<string, ServiceLevels> _levels = [];

    internal override void Write(IReadOnlyList<HistoryStep> steps)
    {
        var batch = new ReportBatch(this);
        batch.Add(steps);
        foreach (var (workspace, tally) in batch.Tallies)
        {
            foreach (var (key, sum) in tally.Queues) _rows.Add(workspace, key, sum);
            foreach (var (key, sum) in tally.Agents) _rows.Add(workspace, key, sum);
            foreach (var (key, ms) in tally.Times) _rows.Add(workspace, key, ms);
        }
        foreach (var (key, open) in batch.Cases) _rows.Put(key, open);
        foreach (var (key, work) in batch.Agents) _rows.Put(key, work);
        foreach (var (workspace, position, configured) in batch.Configured) _rows.Put(workspace, position, ServiceLevels.Of(configured.Configuration));
    }

    internal override void Forget() => _levels.Clear();

    public OpenCase Case(string workspace, string caseId) => _rows.Case(workspace, caseId);

    public AgentWork? Agent(string workspace, string agentId) => _rows.Agent(workspace, agentId);

    public ServiceLevels Levels(string workspace) =>
        _levels.TryGetValue(workspace, out var levels) ? levels : _levels[workspace] = _rows.Levels(workspace);

    /// <summary>All sums of a workspace.</summary>
    internal static ReportTally Tally(Reader reader, string workspace)
    {
        var queues = Reader.All(Bound(reader[ReportSql.AllQueues + "?"]), static row =>
            KeyValuePair.Create((row.Text(1), row.Number(0)), new QueueSum(ReportColumns.Queue(i => row.Number(2 + i)), row.Number(2 + ReportColumns.OfQueues.Length))));
        var agents = Reader.All(Bound(reader[ReportSql.AllAgents + "?"]), static row =>
            KeyValuePair.Create((row.Text(1), row.Number(0)), new AgentSum(
                ReportColumns.Agent(i => row.Number(2 + i)), Optional(row, 2 + ReportColumns.OfAgents.Length), Optional(row, 3 + ReportColumns.OfAgents.Length))));
        var times = Reader.All(Bound(reader[ReportSql.AllTimes + "?"]), static row => KeyValuePair.Create((row.Text(1), row.Number(0), row.Text(2)), row.Number(3)));
        return new ReportTally(queues, agents, times);

        Statement Bound(Statement statement)
        {
            statement.Bind(1, workspace);
            return statement;
        }
    }

    internal static long? Optional(Statement row, int column) => row.IsNull(column) ? null : row.Number(column);

    private static string Columns(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"{name} INTEGER NOT NULL"));
}
