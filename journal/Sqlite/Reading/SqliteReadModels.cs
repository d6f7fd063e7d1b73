using RoutingGrid.Journal.Codec;
using RoutingGrid.Journal.Personal;
using RoutingGrid.Journal.Sqlite.Native;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Sqlite.Reading;

/// <summary>The read models as queries. Lists of cases are in <see cref="CaseLists"/>.</summary>
internal sealed class SqliteReadModels(Readers readers, EventReads events) : IReadModels
{
    public ValueTask<CaseRow?> Case(string workspace, string caseId, CancellationToken cancel = default) =>
        readers.Look(reader =>
        {
            var stream = new StreamId(StreamKind.Case, workspace, caseId);
            var state = Body<CaseState>(reader, stream, "SELECT body FROM case_row WHERE id = ?") ?? events.ArchivedCase(reader, stream);
            return state is null ? null : CaseRow.Of(workspace, caseId, state);
        }, cancel);

    public ValueTask<Page<CaseRow>> Cases(string workspace, CaseFilter filter, string? cursor, int limit, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var before = Cursor.Read(cursor);
        return readers.Scan(reader => CaseLists.Page(reader, events, workspace, filter, before, limit), cancel);
    }

    public ValueTask<IReadOnlyList<CaseRow>> CasesNamed(string workspace, IReadOnlyList<string> caseIds, CancellationToken cancel = default) =>
        readers.Scan<IReadOnlyList<CaseRow>>(reader => [.. caseIds.Select(id => Case(reader, workspace, id)).OfType<CaseRow>()], cancel);

    public ValueTask<IReadOnlyList<CaseRow>> CasesToRoute(string workspace, CancellationToken cancel = default) =>
        readers.Scan(reader => CaseLists.ToRoute(reader, workspace), cancel);

    public ValueTask<IReadOnlyList<CaseRow>> CasesOf(string workspace, string agentId, CancellationToken cancel = default) =>
        readers.Look(reader => CaseLists.Of(reader, workspace, agentId), cancel);

    public ValueTask<AgentRow?> Agent(string workspace, string agentId, CancellationToken cancel = default) =>
        readers.Look(reader => Body<AgentState>(reader, new StreamId(StreamKind.Agent, workspace, agentId), "SELECT body FROM agent_row WHERE id = ?") is { } state
            ? new AgentRow(workspace, agentId, state)
            : null, cancel);

    public ValueTask<IReadOnlyList<AgentRow>> Agents(string workspace, CancellationToken cancel = default) => readers.Scan<IReadOnlyList<AgentRow>>(reader =>
    {
        if (reader.Workspace(workspace) is not { } number) return [];
        var rows = reader["SELECT t.key, a.body FROM agent_row a JOIN stream t USING (id) WHERE a.id BETWEEN ? AND ?"];
        rows.Bind(1, StreamKeys.First(number));
        rows.Bind(2, StreamKeys.Last(number));
        var agents = Reader.All(rows, row => new AgentRow(workspace, row.Text(0), StateCodec.ReadRow<AgentState>(row.Bytes(1))));
        agents.Sort(static (a, b) => string.CompareOrdinal(a.AgentId, b.AgentId));
        return agents;
    }, cancel);

    public ValueTask<IReadOnlyList<DeadlineRow>> Deadlines(int shard, DateTimeOffset dueBefore, int limit, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return readers.Look<IReadOnlyList<DeadlineRow>>(reader =>
        {
            var rows = reader[
                """
                SELECT t.kind, w.name, t.key, d.kind, d.key, d.due
                FROM deadline d JOIN stream t ON t.id = d.owner JOIN workspace w ON w.id = t.workspace
                WHERE d.shard = ? AND d.due < ? ORDER BY d.due, w.name, t.key LIMIT ?
                """];
            rows.Bind(1, shard);
            rows.Bind(2, dueBefore.UtcTicks);
            rows.Bind(3, limit);
            return Reader.All(rows, Deadline);
        }, cancel);
    }

    public ValueTask<IReadOnlyList<QueueCount>> OpenByQueue(string workspace, CancellationToken cancel = default) =>
        readers.Scan(reader => CaseLists.OpenByQueue(reader, workspace), cancel);

    public ValueTask<IReadOnlyList<string>> Workspaces(CancellationToken cancel = default) => readers.Look<IReadOnlyList<string>>(reader =>
    {
        var names = Reader.All(
            reader[
                """
                SELECT DISTINCT w.name FROM stream t JOIN workspace w ON w.id = t.workspace
                WHERE t.kind = 'Workspace' AND EXISTS (SELECT 1 FROM slice WHERE stream = t.id AND previous IS NULL)
                """],
            row => row.Text(0));
        names.Sort(StringComparer.Ordinal);
        return names;
    }, cancel);

    public ValueTask<string?> Claimed(string key, CancellationToken cancel = default) => readers.Look(reader =>
    {
        var find = reader["SELECT value FROM claim WHERE key IN (?, ?)"];
        find.Bind(1, key);
        find.Bind(2, ErasedClaim.KeyOf(key));
        return Reader.First(find, static row => row.Text(0));
    }, cancel);

    private static CaseRow? Case(Reader reader, string workspace, string caseId) =>
        Body<CaseState>(reader, new StreamId(StreamKind.Case, workspace, caseId), "SELECT body FROM case_row WHERE id = ?") is { } state
            ? CaseRow.Of(workspace, caseId, state)
            : null;

    private static T? Body<T>(Reader reader, StreamId name, string sql) where T : class
    {
        if (reader.Stream(name) is not { } id) return null;
        var find = reader[sql];
        find.Bind(1, id);
        return Reader.First(find, static row => StateCodec.ReadRow<T>(row.Bytes(0)));
    }

    private static DeadlineRow Deadline(Statement row)
    {
        var kind = Names<StreamKind>.Parse(row.Bytes(0)) == StreamKind.Case ? DeadlineOwnerKind.Case : DeadlineOwnerKind.Agent;
        var owner = new DeadlineOwner(kind, row.Text(1), row.Text(2));
        return new DeadlineRow(owner, Names<DeadlineKind>.Parse(row.Bytes(3)), row.Text(4), new DateTimeOffset(row.Number(5), TimeSpan.Zero));
    }
}
