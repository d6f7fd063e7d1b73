using System.Collections.Immutable;
using Npgsql;
using RoutingGrid.Journal.Audit;
using RoutingGrid.Journal.History.Reports;
using RoutingGrid.Journal.Postgres.Reading;
using RoutingGrid.Routing.Reports;

namespace RoutingGrid.Journal.History.Postgres.Reports;

/// <summary>Reports from the journal's database.</summary>
internal sealed class PostgresReports(Reads reads, Func<CancellationToken, ValueTask> catchUp) : IReports
{
    public async ValueTask<ImmutableArray<QueueInterval>> Queues(ReportQuery query, CancellationToken cancel)
    {
        await catchUp(cancel);
        return ReportAnswers.Queues(query, await reads.All(ReportTables.Sql.Queues, static row => new ReportAnswers.QueueRow(
            (int)row.GetInt64(0), row.GetString(1), ReportColumns.Queue(i => row.GetInt64(2 + i)), row.GetInt64(2 + ReportColumns.OfQueues.Length)), cancel, Values(query)));
    }

    public async ValueTask<ImmutableArray<AgentDay>> Agents(ReportQuery query, CancellationToken cancel)
    {
        await catchUp(cancel);
        const int counts = 4;
        return ReportAnswers.Agents(query, await reads.All(ReportTables.Sql.Agents, static row => new ReportAnswers.AgentRow(
            (int)row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt64(3), ReportColumns.Agent(i => row.GetInt64(counts + i)),
            Optional(row, counts + ReportColumns.OfAgents.Length), Optional(row, counts + 1 + ReportColumns.OfAgents.Length)), cancel, Values(query)));
    }

    public async ValueTask<ImmutableArray<ReportDifference>> Differences(JournalAudit audit, CancellationToken cancel)
    {
        await catchUp(cancel);
        var differences = ImmutableArray.CreateBuilder<ReportDifference>();
        foreach (var (workspace, made) in audit.Reports) differences.AddRange(ReportAudit.Differences(workspace, await Tally(workspace, cancel), made.Tally));
        return differences.DrainToImmutable();
    }

    internal static long? Optional(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    private async ValueTask<ReportTally> Tally(string workspace, CancellationToken cancel)
    {
        var queues = await reads.All(ReportSql.AllQueues + "$1", static row => KeyValuePair.Create(
            (row.GetString(1), row.GetInt64(0)), new QueueSum(ReportColumns.Queue(i => row.GetInt64(2 + i)), row.GetInt64(2 + ReportColumns.OfQueues.Length))), cancel, workspace);
        var agents = await reads.All(ReportSql.AllAgents + "$1", static row => KeyValuePair.Create(
            (row.GetString(1), row.GetInt64(0)), new AgentSum(
                ReportColumns.Agent(i => row.GetInt64(2 + i)), Optional(row, 2 + ReportColumns.OfAgents.Length), Optional(row, 3 + ReportColumns.OfAgents.Length))), cancel, workspace);
        var times = await reads.All(ReportSql.AllTimes + "$1", static row => KeyValuePair.Create((row.GetString(1), row.GetInt64(0), row.GetString(2)), row.GetInt64(3)), cancel, workspace);
        return new ReportTally(queues, agents, times);
    }

    private static object[] Values(ReportQuery query)
    {
        var spans = ReportAnswers.Spans(query).ToList();
        var (first, end) = ReportAnswers.Bounds(query);
        return
        [
            query.Workspace, query.Only ?? "", spans.Select(span => span.Number).ToArray(), spans.Select(span => span.FirstQuarter).ToArray(),
            spans.Select(span => span.EndQuarter).ToArray(), spans.Select(span => span.FromMs).ToArray(), spans.Select(span => span.UntilMs).ToArray(), first, end,
        ];
    }
}
