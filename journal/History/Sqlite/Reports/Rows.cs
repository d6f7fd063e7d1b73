using RoutingGrid.Journal.History.Reports;
using RoutingGrid.Journal.Sqlite.Native;
using RoutingGrid.Journal.Sqlite.Reading;
using RoutingGrid.Routing.Reports;

namespace RoutingGrid.Journal.History.Sqlite.Reports;

/// <summary>The rows of reports, one by one.</summary>
internal sealed class Rows(Database database)
{
    private readonly Statement _addQueue = database.Prepare(Values(ReportTables.Sql.AddQueue, 4 + ReportColumns.OfQueues.Length));
    private readonly Statement _addAgent = database.Prepare(Values(ReportTables.Sql.AddAgent, 5 + ReportColumns.OfAgents.Length));
    private readonly Statement _addTime = database.Prepare(Values(ReportTables.Sql.AddTime, 5));

    private readonly Statement _case = database.Prepare(
        "SELECT again, handling_ms, hands, waiting_since, queue, queued_at FROM report_case WHERE workspace = ? AND case_id = ?");
    private readonly Statement _putCase = database.Prepare(
        "INSERT OR REPLACE INTO report_case (workspace, case_id, again, handling_ms, hands, waiting_since, queue, queued_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    private readonly Statement _dropCase = database.Prepare("DELETE FROM report_case WHERE workspace = ? AND case_id = ?");

    private readonly Statement _agent = database.Prepare("SELECT activity, since FROM report_shift WHERE workspace = ? AND agent = ?");
    private readonly Statement _putAgent = database.Prepare("INSERT OR REPLACE INTO report_shift (workspace, agent, activity, since) VALUES (?, ?, ?, ?)");
    private readonly Statement _dropAgent = database.Prepare("DELETE FROM report_shift WHERE workspace = ? AND agent = ?");

    private readonly Statement _levels = database.Prepare("SELECT position, queue, seconds FROM report_level WHERE workspace = ? ORDER BY position");
    private readonly Statement _putLevel = database.Prepare("INSERT OR REPLACE INTO report_level (workspace, position, queue, seconds) VALUES (?, ?, ?, ?)");

    internal void Add(string workspace, (string Queue, long Quarter) key, QueueSum sum)
    {
        var next = Key(_addQueue, workspace, key.Quarter, key.Queue);
        foreach (var (_, of) in ReportColumns.OfQueues) _addQueue.Bind(next++, of(sum.Counts));
        _addQueue.Bind(next, sum.LongestWaitMs);
        _addQueue.Run();
    }

    internal void Add(string workspace, (string Agent, long Quarter) key, AgentSum sum)
    {
        var next = Key(_addAgent, workspace, key.Quarter, key.Agent);
        foreach (var (_, of) in ReportColumns.OfAgents) _addAgent.Bind(next++, of(sum.Counts));
        Optional(_addAgent, next++, sum.FirstAct);
        Optional(_addAgent, next, sum.LastAct);
        _addAgent.Run();
    }

    internal void Add(string workspace, (string Agent, long Quarter, string Activity) key, long ms)
    {
        var next = Key(_addTime, workspace, key.Quarter, key.Agent);
        _addTime.Bind(next++, key.Activity);
        _addTime.Bind(next, ms);
        _addTime.Run();
    }

    internal OpenCase Case(string workspace, string caseId)
    {
        _case.Bind(1, workspace);
        _case.Bind(2, caseId);
        return Reader.First(_case, static row => new OpenCase(
            new CaseWork(row.Number(0) != 0, ReportTables.Optional(row, 3), row.Number(1), Hands.Read(row.Text(2))), row.Text(4), row.Number(5))) ?? OpenCase.None;
    }

    internal void Put((string Workspace, string Id) key, OpenCase open)
    {
        var statement = open == OpenCase.None ? _dropCase : _putCase;
        statement.Bind(1, key.Workspace);
        statement.Bind(2, key.Id);
        if (statement == _putCase)
        {
            statement.Bind(3, open.Work.Again ? 1 : 0);
            statement.Bind(4, open.Work.HandlingMs);
            statement.Bind(5, Hands.Write(open.Work.Hands));
            Optional(statement, 6, open.Work.WaitingSince);
            statement.Bind(7, open.Queue);
            statement.Bind(8, open.QueuedAt);
        }
        statement.Run();
    }

    internal AgentWork? Agent(string workspace, string agentId)
    {
        _agent.Bind(1, workspace);
        _agent.Bind(2, agentId);
        return Reader.First(_agent, static row => new AgentWork(row.Text(0), row.Number(1)));
    }

    internal void Put((string Workspace, string Id) key, AgentWork? work)
    {
        var statement = work is null ? _dropAgent : _putAgent;
        statement.Bind(1, key.Workspace);
        statement.Bind(2, key.Id);
        if (work is not null)
        {
            statement.Bind(3, work.Activity);
            statement.Bind(4, work.Since);
        }
        statement.Run();
    }

    internal ServiceLevels Levels(string workspace)
    {
        _levels.Bind(1, workspace);
        return Levels(Reader.All(_levels, static row => (row.Number(0), row.Text(1), (int)row.Number(2))));
    }

    internal void Put(string workspace, long position, IReadOnlyDictionary<string, int> seconds)
    {
        // A configuration without queues is one, too.
        foreach (var (queue, value) in seconds.Append(KeyValuePair.Create("", 0)))
        {
            _putLevel.Bind(1, workspace);
            _putLevel.Bind(2, position);
            _putLevel.Bind(3, queue);
            _putLevel.Bind(4, value);
            _putLevel.Run();
        }
    }

    private static ServiceLevels Levels(IEnumerable<(long Position, string Queue, int Seconds)> rows)
    {
        var levels = new ServiceLevels();
        foreach (var one in rows.GroupBy(row => row.Position)) levels.Add(one.Key, one.ToDictionary(row => row.Queue, row => row.Seconds, StringComparer.Ordinal));
        return levels;
    }

    private static int Key(Statement statement, string workspace, long quarter, string name)
    {
        statement.Bind(1, workspace);
        statement.Bind(2, quarter);
        statement.Bind(3, name);
        return 4;
    }

    private static void Optional(Statement statement, int parameter, long? value)
    {
        if (value is { } number) statement.Bind(parameter, number);
        else statement.BindNull(parameter);
    }

    private static string Values(string sql, int count) => string.Format(null, sql, $"VALUES ({string.Join(", ", Enumerable.Repeat("?", count))})");
}
