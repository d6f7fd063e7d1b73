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

    /// <summary>The row of each case that a query has as <c>o</c>.</summary>
    private const string RowOf = "CROSS JOIN LATERAL (SELECT * FROM case_row WHERE workspace = o.workspace AND id = o.id OFFSET 0) c";

    private const string Routable =
        $"SELECT {CaseReads.Columns} FROM (SELECT workspace, id FROM open_case WHERE workspace = {Workspace} AND routable) o {RowOf} {CaseReads.Rest}";

    private static readonly string OfAgent = $"SELECT {CaseReads.Columns} FROM ({HeldBy(2)}) o {RowOf} {CaseReads.Rest}";

    private const string Counts = $"SELECT queue, status, count(*) FROM open_case WHERE workspace = {Workspace} GROUP BY 1, 2";

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
        var isOpen = filter.OpenOnly || filter.Agent is not null || filter.Status is not (null or CaseStatus.Closed or CaseStatus.None);
        // The page first, and then what completes it.
        var sql = new StringBuilder($"SELECT {CaseReads.Columns} FROM (SELECT c.id, c.body, c.open, c.body_version FROM ");
        if (filter.Agent is not null) sql.Append($"({HeldBy(Value(filter.Agent))}) o {RowOf}");
        // One customer has few cases, and of all cases few are open.
        else if (isOpen && filter.Customer is null) sql.Append($"(SELECT workspace, id FROM open_case WHERE workspace = {Workspace} AND id < $2{OfOpen()} ORDER BY id DESC OFFSET 0) o {RowOf}");
        else sql.Append("case_row c");
        sql.Append($" WHERE c.workspace = {Workspace} AND c.id < $2");
        if (filter.Customer is not null) sql.Append($" AND c.customer = ${Value(filter.Customer)}");
        if (filter.Queue is not null) sql.Append($" AND c.queue = ${Value(filter.Queue)}");
        if (isOpen) sql.Append(" AND c.open");
        if (filter.Status is CaseStatus.None) sql.Append(" AND false");
        else if (filter.Status is CaseStatus.Closed) sql.Append(" AND NOT c.open");
        else if (filter.Status is { } status) sql.Append($" AND EXISTS (SELECT FROM open_case WHERE workspace = c.workspace AND id = c.id AND status = ${Value(status.ToString())})");
        return sql.Append($" ORDER BY c.id DESC LIMIT $3) c {CaseReads.Rest} ORDER BY c.id DESC, l.version").ToString();

        string OfOpen() =>
            (filter.Queue is null ? "" : $" AND queue = ${Value(filter.Queue)}") + (filter.Status is { } status ? $" AND status = ${Value(status.ToString())}" : "");

        int Value(string value)
        {
            values.Add(value);
            return values.Count;
        }
    }

    /// <summary>What the agent in a parameter holds or has an offer of.</summary>
    private static string HeldBy(int agent) =>
        $"""
        SELECT workspace, id FROM open_case WHERE workspace = {Workspace} AND agent = ${agent} AND agent <> ''
        UNION ALL SELECT workspace, id FROM case_agent WHERE workspace = {Workspace} AND agent = ${agent}
        """;

    private static List<CaseRow> InOrder(List<(long Id, CaseRow Row)> cases)
    {
        cases.Sort(static (a, b) => string.CompareOrdinal(a.Row.CaseId, b.Row.CaseId));
        return cases.ConvertAll(one => one.Row);
    }
}
