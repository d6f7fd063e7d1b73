using System.Collections.Immutable;
using System.Text;
using RoutingGrid.Journal.Audit;
using RoutingGrid.Journal.History.Reports;
using RoutingGrid.Journal.Sqlite.Native;
using RoutingGrid.Journal.Sqlite.Reading;
using RoutingGrid.Routing.Reports;

namespace RoutingGrid.Journal.History.Sqlite.Reports;

/// <summary>Reports from a history file.</summary>
internal sealed class SqliteReports(HistoryFile file, Func<CancellationToken, ValueTask> catchUp) : IReports
{
    public async ValueTask<ImmutableArray<QueueInterval>> Queues(ReportQuery query, CancellationToken cancel)
    {
        await catchUp(cancel);
        return await file.Read(reader => ReportAnswers.Queues(query, Reader.All(Bound(reader[ReportTables.Sql.Queues], query), static row => new ReportAnswers.QueueRow(
            (int)row.Number(0), row.Text(1), ReportColumns.Queue(i => row.Number(2 + i)), row.Number(2 + ReportColumns.OfQueues.Length)))), cancel);
    }

    public async ValueTask<ImmutableArray<AgentDay>> Agents(ReportQuery query, CancellationToken cancel)
    {
        await catchUp(cancel);
        const int counts = 4;
        return await file.Read(reader => ReportAnswers.Agents(query, Reader.All(Bound(reader[ReportTables.Sql.Agents], query), static row => new ReportAnswers.AgentRow(
            (int)row.Number(0), row.Text(1), row.Text(2), row.Number(3), ReportColumns.Agent(i => row.Number(counts + i)),
            ReportTables.Optional(row, counts + ReportColumns.OfAgents.Length), ReportTables.Optional(row, counts + 1 + ReportColumns.OfAgents.Length)))), cancel);
    }

    public async ValueTask<ImmutableArray<ReportDifference>> Differences(JournalAudit audit, CancellationToken cancel)
    {
        await catchUp(cancel);
        var differences = ImmutableArray.CreateBuilder<ReportDifference>();
        foreach (var (workspace, made) in audit.Reports)
            differences.AddRange(ReportAudit.Differences(workspace, await file.Read(reader => ReportTables.Tally(reader, workspace), cancel), made.Tally));
        return differences.DrainToImmutable();
    }

    private static Statement Bound(Statement statement, ReportQuery query)
    {
        statement.Bind(1, query.Workspace);
        statement.Bind(2, query.Only ?? "");
        var spans = new StringBuilder("[");
        foreach (var (number, first, end, from, until) in ReportAnswers.Spans(query))
            spans.Append(spans.Length > 1 ? "," : "").Append(null, $"[{number},{first},{end},{from},{until}]");
        statement.Bind(3, spans.Append(']').ToString());
        var (firstQuarter, endQuarter) = ReportAnswers.Bounds(query);
        statement.Bind(4, firstQuarter);
        statement.Bind(5, endQuarter);
        return statement;
    }
}
