using System.Text;
using RoutingGrid.Journal.Archive;
using RoutingGrid.Journal.Codec;
using RoutingGrid.Journal.Sqlite.Native;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Sqlite.Reading;

/// <summary>Lists of cases. Newest first is the order of ids, which grow as cases arrive; a cursor is the id of a page's last
/// case.</summary>
internal static class CaseLists
{
    internal static Page<CaseRow> Page(Reader reader, EventReads events, string workspace, CaseFilter filter, long before, int limit)
    {
        if (reader.Workspace(workspace) is not { } number) return new Page<CaseRow>([], null);
        var customer = filter.Customer is null ? null : reader.Stream(new StreamId(StreamKind.Customer, workspace, filter.Customer));
        if (filter.Customer is not null && customer is null) return new Page<CaseRow>([], null);
        var statement = reader[PageSql(filter)];
        var parameter = 0;
        statement.Bind(++parameter, StreamKeys.First(number));
        statement.Bind(++parameter, Math.Min(before, StreamKeys.Last(number) + 1));
        if (filter.Agent is not null) statement.Bind(++parameter, filter.Agent);
        if (customer is { } id) statement.Bind(++parameter, id);
        if (filter.Queue is not null) statement.Bind(++parameter, filter.Queue);
        if (filter.Status is { } status) statement.BindUtf8(++parameter, Names<CaseStatus>.Utf8(status));
        // One more than asked for tells whether there is another page.
        statement.Bind(++parameter, limit + 1L);
        var rows = Reader.All(statement, row => (Id: row.Number(2), Row: RowOf(workspace, row)));
        if (customer is { } owner && ArchivedRows.MayPass(filter)) rows = ArchivedRows.Merge(rows, Archived(reader, events, filter, owner, before, limit + 1), limit + 1);
        if (rows.Count <= limit) return new Page<CaseRow>([.. rows.Select(row => row.Row)], null);
        return new Page<CaseRow>([.. rows.Take(limit).Select(row => row.Row)], Cursor.Write(rows[limit - 1].Id));
    }

    private static List<(long Id, CaseRow Row)> Archived(Reader reader, EventReads events, CaseFilter filter, long customer, long before, int limit) =>
        ArchiveReads.OfCustomer(reader, customer, filter.Queue, before, limit).ConvertAll(piece => (piece.Number, events.Row(reader, piece, filter.Customer!)));

    internal static IReadOnlyList<CaseRow> ToRoute(Reader reader, string workspace)
    {
        if (reader.Workspace(workspace) is not { } number) return [];
        var rows = reader[
            """
            SELECT t.key, c.body FROM case_row c INDEXED BY case_open JOIN stream t USING (id)
            WHERE c.open = 1 AND c.id BETWEEN ? AND ? AND c.routable
            """];
        rows.Bind(1, StreamKeys.First(number));
        rows.Bind(2, StreamKeys.Last(number));
        return ById(workspace, rows);
    }

    internal static IReadOnlyList<CaseRow> Of(Reader reader, string workspace, string agentId)
    {
        if (reader.Workspace(workspace) is not { } number) return [];
        var rows = reader[
            """
            SELECT t.key, c.body FROM case_agent a JOIN case_row c USING (id) JOIN stream t USING (id)
            WHERE a.agent = ? AND a.id BETWEEN ? AND ? AND c.open = 1
            """];
        rows.Bind(1, agentId);
        rows.Bind(2, StreamKeys.First(number));
        rows.Bind(3, StreamKeys.Last(number));
        return ById(workspace, rows);
    }

    internal static IReadOnlyList<QueueCount> OpenByQueue(Reader reader, string workspace)
    {
        if (reader.Workspace(workspace) is not { } number) return [];
        var rows = reader["SELECT queue, status, count(*) FROM case_row INDEXED BY case_open WHERE open = 1 AND id BETWEEN ? AND ? GROUP BY 1, 2"];
        rows.Bind(1, StreamKeys.First(number));
        rows.Bind(2, StreamKeys.Last(number));
        var counts = Reader.All(rows, row => new QueueCount(row.Text(0), Names<CaseStatus>.Parse(row.Bytes(1)), (int)row.Number(2)));
        return [.. counts.OrderBy(count => count.Queue, StringComparer.Ordinal).ThenBy(count => count.Status)];
    }

    private static string PageSql(CaseFilter filter)
    {
        // Named, since the planner has no statistics: an agent has few cases, a customer too, open ones are fewer than a queue's.
        var source = filter switch
        {
            { Agent: not null } => "case_agent a JOIN case_row c USING (id)",
            { Customer: not null } => "case_row c INDEXED BY case_by_customer",
            _ when IsOpenOnly(filter) => "case_row c INDEXED BY case_open",
            { Queue: not null } => "case_row c INDEXED BY case_by_queue",
            _ => "case_row c NOT INDEXED",
        };
        var sql = new StringBuilder($"SELECT t.key, c.body, c.id FROM {source} JOIN stream t ON t.id = c.id WHERE ");
        sql.Append(filter.Agent is null ? "c.id >= ? AND c.id < ?" : "a.id >= ? AND a.id < ? AND a.agent = ?");
        if (filter.Customer is not null) sql.Append(" AND c.customer = ?");
        if (filter.Queue is not null) sql.Append(" AND c.queue = ?");
        if (filter.Status is not null) sql.Append(" AND c.status = ?");
        if (IsOpenOnly(filter)) sql.Append(" AND c.open = 1");
        return sql.Append(filter.Agent is null ? " ORDER BY c.id DESC LIMIT ?" : " ORDER BY a.id DESC LIMIT ?").ToString();
    }

    // Every status but one is a status of open cases, of which there are few.
    private static bool IsOpenOnly(CaseFilter filter) =>
        filter.OpenOnly || filter.Status is not (null or CaseStatus.Closed or CaseStatus.None);

    private static List<CaseRow> ById(string workspace, Statement rows)
    {
        var cases = Reader.All(rows, row => RowOf(workspace, row));
        cases.Sort(static (a, b) => string.CompareOrdinal(a.CaseId, b.CaseId));
        return cases;
    }

    private static CaseRow RowOf(string workspace, Statement row) =>
        CaseRow.Of(workspace, row.Text(0), StateCodec.ReadRow<CaseState>(row.Bytes(1)));
}
