using Npgsql;
using RoutingGrid.Journal.Codec;
using RoutingGrid.Journal.Personal;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Postgres.Reading;

/// <summary>The read models as queries. Lists of cases are in <see cref="CaseLists"/>.</summary>
internal sealed class PostgresReadModels(Reads reads, EventReads events) : IReadModels
{
    private const string Subject =
        "(SELECT s.id FROM stream s JOIN workspace w ON w.id = s.workspace WHERE w.name = $1 AND s.kind = $2 AND s.key = $3)";

    private const string Workspace = "(SELECT id FROM workspace WHERE name = $1)";

    private const string One =
        $"""
        SELECT body, NOT open OR body_version IS NULL OR body_version >= coalesce((SELECT max(version) FROM slice WHERE stream = case_row.id), 0)
        FROM case_row WHERE workspace = {Workspace} AND id = {Subject}
        """;

    private const string Named =
        $"""
        SELECT {CaseReads.Columns} FROM unnest($3::text[]) WITH ORDINALITY AS u(key, place)
        CROSS JOIN LATERAL (SELECT id, workspace FROM stream WHERE workspace = {Workspace} AND kind = $2 AND key = u.key OFFSET 0) s
        CROSS JOIN LATERAL (SELECT * FROM case_row WHERE workspace = s.workspace AND id = s.id OFFSET 0) c
        {CaseReads.Rest} ORDER BY u.place, l.version
        """;

    private readonly CaseReads _cases = new(reads);
    private readonly CaseLists _lists = new(reads, events);

    public async ValueTask<CaseRow?> Case(string workspace, string caseId, CancellationToken cancel = default)
    {
        // Asked for at every activation: a statement that is quickly planned. Most bodies are of the present.
        var present = await reads.First(
            One, static row => (IsPresent: row.GetBoolean(1), State: row.GetBoolean(1) ? StateCodec.ReadRow<CaseState>(row.GetFieldValue<byte[]>(0)) : null), cancel,
            workspace, nameof(StreamKind.Case), caseId);
        if (present.State is { } found) return CaseRow.Of(workspace, caseId, found);
        if (await CasesNamed(workspace, [caseId], cancel) is [var completed]) return completed;
        return await events.ArchivedCase(new StreamId(StreamKind.Case, workspace, caseId), cancel) is { } state ? CaseRow.Of(workspace, caseId, state) : null;
    }

    public ValueTask<Page<CaseRow>> Cases(string workspace, CaseFilter filter, string? cursor, int limit, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return _lists.Page(workspace, filter, Cursor.Read(cursor), limit, cancel);
    }

    public async ValueTask<IReadOnlyList<CaseRow>> CasesNamed(string workspace, IReadOnlyList<string> caseIds, CancellationToken cancel = default) =>
        [.. (await _cases.All(Named, workspace, cancel, workspace, nameof(StreamKind.Case), caseIds.ToArray())).Select(found => found.Row)];

    public ValueTask<IReadOnlyList<CaseRow>> CasesToRoute(string workspace, CancellationToken cancel = default) => _lists.ToRoute(workspace, cancel);

    public ValueTask<IReadOnlyList<CaseRow>> CasesOf(string workspace, string agentId, CancellationToken cancel = default) =>
        _lists.Of(workspace, agentId, cancel);

    public async ValueTask<AgentRow?> Agent(string workspace, string agentId, CancellationToken cancel = default) =>
        await Body<AgentState>("agent_row", workspace, StreamKind.Agent, agentId, cancel) is { } state ? new AgentRow(workspace, agentId, state) : null;

    public async ValueTask<IReadOnlyList<AgentRow>> Agents(string workspace, CancellationToken cancel = default)
    {
        var agents = await reads.All(
            $"SELECT t.key, a.body FROM agent_row a JOIN stream t ON t.id = a.id WHERE a.workspace = {Workspace}",
            row => new AgentRow(workspace, row.GetString(0), StateCodec.ReadRow<AgentState>(row.GetFieldValue<byte[]>(1))), cancel, workspace);
        agents.Sort(static (a, b) => string.CompareOrdinal(a.AgentId, b.AgentId));
        return agents;
    }

    public async ValueTask<IReadOnlyList<DeadlineRow>> Deadlines(int shard, DateTimeOffset dueBefore, int limit, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return await reads.All(
            """
            SELECT t.kind, w.name, t.key, d.kind, d.key, d.due FROM (
                (SELECT owner, kind, key, due FROM deadline WHERE shard = $1 AND due < $2 ORDER BY due FETCH FIRST $3 ROWS WITH TIES)
                UNION ALL
                (SELECT owner, 'OfferExpires', key, due FROM offer_deadline WHERE shard = $1 AND due < $2 ORDER BY due FETCH FIRST $3 ROWS WITH TIES)) d
            JOIN stream t ON t.id = d.owner JOIN workspace w ON w.id = t.workspace
            ORDER BY d.due, w.name, t.key, t.kind, d.kind, d.key LIMIT $3
            """,
            Deadline, cancel, (short)shard, dueBefore.UtcTicks, (long)limit);
    }

    public ValueTask<IReadOnlyList<QueueCount>> OpenByQueue(string workspace, CancellationToken cancel = default) => _lists.OpenByQueue(workspace, cancel);

    public async ValueTask<IReadOnlyList<string>> Workspaces(CancellationToken cancel = default)
    {
        var names = await reads.All(
            "SELECT name FROM workspace w WHERE EXISTS (SELECT 1 FROM stream t WHERE t.workspace = w.id AND t.kind = 'Workspace' AND t.version > 0)",
            static row => row.GetString(0), cancel);
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    public ValueTask<string?> Claimed(string key, CancellationToken cancel = default) =>
        reads.First("SELECT value FROM claim WHERE key IN ($1, $2)", static row => row.GetString(0), cancel, key, ErasedClaim.KeyOf(key));

    private ValueTask<T?> Body<T>(string table, string workspace, StreamKind kind, string id, CancellationToken cancel) where T : class =>
        reads.First(
            $"SELECT body FROM {table} WHERE workspace = {Workspace} AND id = {Subject}",
            static row => StateCodec.ReadRow<T>(row.GetFieldValue<byte[]>(0)), cancel, workspace, kind.ToString(), id);

    private static DeadlineRow Deadline(NpgsqlDataReader row)
    {
        var kind = Names<StreamKind>.Parse(row.GetFieldValue<byte[]>(0)) == StreamKind.Case ? DeadlineOwnerKind.Case : DeadlineOwnerKind.Agent;
        var owner = new DeadlineOwner(kind, row.GetString(1), row.GetString(2));
        return new DeadlineRow(owner, Names<DeadlineKind>.Parse(row.GetFieldValue<byte[]>(3)), row.GetString(4), new DateTimeOffset(row.GetInt64(5), TimeSpan.Zero));
    }
}
