using System.Text;
using Npgsql;
using RoutingGrid.Journal.Archive;
using RoutingGrid.Journal.Codec;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Postgres.Reading;

/// <summary>Lists of cases. Newest first is the order of ids, which grow as cases arrive; a cursor is the id of a page's last
/// case.</summary>
internal sealed class CaseLists(Reads reads, EventReads events)
{
    private const string Workspace = "(SELECT id FROM workspace WHERE name = $1)";

    private readonly CaseReads _cases = new(reads);

    private const string Routable =
        $"SELECT {CaseReads.Columns} FROM case_row c {CaseReads.Rest} WHERE c.workspace = {Workspace} AND c.open AND c.routable";

    private static readonly string OfAgent =
        $"""
        SELECT {CaseReads.Columns} FROM ({HeldBy(2)}) a
        CROSS JOIN LATERAL (SELECT * FROM case_row WHERE workspace = a.workspace AND id = a.id OFFSET 0) c
        {CaseReads.Rest} WHERE c.open
        """;

    private const string Counts = $"SELECT queue, status, count(*) FROM case_row WHERE workspace = {Workspace} AND open GROUP BY 1, 2";

    internal async ValueTask<Page<CaseRow>> Page(string workspace, CaseFilter filter, long before, int limit, CancellationToken cancel)
    {
        // One more than asked for tells whether there is another page.
        var values = new List<object> { workspace, before, limit + 1L };
        var rows = await _cases.All(PageSql(filter, values), workspace, cancel, [.. values]);
        if (ArchivedRows.MayPass(filter)) rows = ArchivedRows.Merge(rows, await Archived(workspace, filter, before, limit + 1, cancel), limit + 1);
        if (rows.Count <= limit) return new Page<CaseRow>([.. rows.Select(row => row.Row)], null);
        return new Page<CaseRow>([.. rows.Take(limit).Select(row => row.Row)], Cursor.Write(rows[limit - 1].Id));
    }

    private async ValueTask<List<(long Id, CaseRow Row)>> Archived(string workspace, CaseFilter filter, long before, int limit, CancellationToken cancel)
    {
        var archived = new List<(long, CaseRow)>();
        var pieces = await reads.All(
            ArchiveReads.OfCustomer, ArchiveReads.PieceOf, cancel, workspace, filter.Customer!, before, (long)limit, filter.Queue ?? (object)DBNull.Value);
        foreach (var piece in pieces) archived.Add((piece.Number, await events.Row(piece, filter.Customer!, cancel)));
        return archived;
    }

    internal async ValueTask<IReadOnlyList<CaseRow>> ToRoute(string workspace, CancellationToken cancel) =>
        InOrder(await _cases.All(Routable, workspace, cancel, workspace));

    internal async ValueTask<IReadOnlyList<CaseRow>> Of(string workspace, string agentId, CancellationToken cancel) =>
        InOrder(await _cases.All(OfAgent, workspace, cancel, workspace, agentId));

    internal async ValueTask<IReadOnlyList<QueueCount>> OpenByQueue(string workspace, CancellationToken cancel)
    {
        var counts = await reads.All(
            Counts, row => new QueueCount(row.GetString(0), Names<CaseStatus>.Parse(row.GetFieldValue<byte[]>(1)), (int)row.GetInt64(2)), cancel, workspace);
        return [.. counts.OrderBy(count => count.Queue, StringComparer.Ordinal).ThenBy(count => count.Status)];
    }

    private static string PageSql(CaseFilter filter, List<object> values)
    {
        // The page first, and then what completes it.
        var sql = new StringBuilder($"SELECT {CaseReads.Columns} FROM (SELECT c.id, c.body, c.open, c.body_version FROM ");
        if (filter.Agent is not null)
        {
            values.Add(filter.Agent);
            sql.Append($"({HeldBy(values.Count)}) a JOIN case_row c ON c.workspace = a.workspace AND c.id = a.id");
        }
        else sql.Append("case_row c");
        sql.Append($" WHERE c.workspace = {Workspace} AND c.id < $2");
        if (filter.Customer is not null) Where("c.customer = ", filter.Customer);
        if (filter.Queue is not null) Where("c.queue = ", filter.Queue);
        if (filter.Status is { } status) Where("c.status = ", status.ToString());
        // Every status but one is a status of open cases, of which there are few.
        if (filter.OpenOnly || filter.Status is not (null or CaseStatus.Closed or CaseStatus.None)) sql.Append(" AND c.open");
        return sql.Append($" ORDER BY c.id DESC LIMIT $3) c {CaseReads.Rest} ORDER BY c.id DESC, l.version").ToString();

        void Where(string condition, string value)
        {
            values.Add(value);
            sql.Append(" AND ").Append(condition).Append('$').Append(values.Count);
        }
    }

    /// <summary>What the agent in a parameter holds or has an offer of.</summary>
    private static string HeldBy(int agent) =>
        $"""
        SELECT workspace, id FROM case_row WHERE workspace = {Workspace} AND agent = ${agent} AND agent <> ''
        UNION ALL SELECT workspace, id FROM case_agent WHERE workspace = {Workspace} AND agent = ${agent}
        """;

    private static List<CaseRow> InOrder(List<(long Id, CaseRow Row)> cases)
    {
        cases.Sort(static (a, b) => string.CompareOrdinal(a.Row.CaseId, b.Row.CaseId));
        return cases.ConvertAll(one => one.Row);
    }
}
