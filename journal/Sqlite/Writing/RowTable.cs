using RoutingGrid.Journal.Codec;
using RoutingGrid.Journal.Sqlite.Native;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Sqlite.Writing;

/// <summary>Rows of cases and agents. A group collects them and writes each once; of what stood there before, only what differs
/// is touched.</summary>
internal sealed class RowTable(Database database, StreamTable streams)
{
    private readonly Statement _add = database.Prepare(
        "INSERT INTO case_row (id, status, routable, agents, body, open, queue, customer) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    private readonly Statement _change = database.Prepare(
        "UPDATE case_row SET status = ?2, routable = ?3, agents = ?4, body = ?5, open = ?6, queue = ?7, customer = ?8 WHERE id = ?1");
    private readonly Statement _changeUnindexed = database.Prepare(
        "UPDATE case_row SET status = ?2, routable = ?3, agents = ?4, body = ?5 WHERE id = ?1");
    private readonly Statement _find = database.Prepare(
        "SELECT open, status, routable, queue, (SELECT key FROM stream WHERE id = customer), agents FROM case_row WHERE id = ?");
    private readonly Statement _addAgent = database.Prepare("INSERT OR IGNORE INTO case_agent (agent, id) VALUES (?, ?)");
    private readonly Statement _removeAgent = database.Prepare("DELETE FROM case_agent WHERE agent = ? AND id = ?");
    private readonly Statement _putAgent = database.Prepare(
        "INSERT INTO agent_row (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body");
    private readonly List<KnownStream> _pending = [];

    internal void Put(KnownStream stream, AppendItem item, int change)
    {
        if (stream.PendingItem is null) _pending.Add(stream);
        stream.PendingItem = item;
        stream.PendingChange = change;
    }

    internal void Flush()
    {
        foreach (var stream in _pending)
        {
            var (item, change) = (stream.PendingItem!, stream.PendingChange);
            stream.PendingItem = null;
            if (item.Append.Changes[change] is ReadModelChange.PutCase put)
                WriteCase(stream, put.Row, item.FactsOf(change), item.BodyOf(change));
            else WriteAgent(stream, item.BodyOf(change));
        }
        _pending.Clear();
    }

    internal void Forget() => _pending.Clear();

    private void WriteCase(KnownStream stream, CaseRow row, CaseFacts facts, ReadOnlySpan<byte> body)
    {
        if (!stream.FactsKnown) Load(stream);
        var old = stream.Facts;
        var statement = old is null ? _add : facts.IsIndexedLike(old) ? _changeUnindexed : _change;
        if (statement != _changeUnindexed) BindIndexed(statement, row.Workspace, facts);
        Write(statement, stream.Id, facts, body);
        if (facts.Agents != (old?.Agents ?? "")) MoveBetweenAgents(stream.Id, old?.Agents ?? "", facts.Agents);
        stream.Facts = facts;
        if (!facts.Open) streams.Rest(new StreamId(StreamKind.Case, row.Workspace, row.CaseId));
    }

    private static void Write(Statement statement, long id, CaseFacts facts, ReadOnlySpan<byte> body)
    {
        statement.Bind(1, id);
        statement.BindUtf8(2, Names<CaseStatus>.Utf8(facts.Status));
        statement.Bind(3, facts.Routable ? 1 : 0);
        statement.Bind(4, facts.Agents);
        statement.BindUtf8InPlace(5, body);
        statement.Run();
    }

    // The customer by number: a new one's is next to the last one's, so that the index grows at its end and not all over.
    private void BindIndexed(Statement statement, string workspace, CaseFacts facts)
    {
        statement.Bind(6, facts.Open ? 1 : 0);
        statement.Bind(7, facts.Queue);
        statement.Bind(8, streams.FindOrAdd(new StreamId(StreamKind.Customer, workspace, facts.Customer)).Id);
    }

    private void MoveBetweenAgents(long id, string before, string after)
    {
        var (old, now) = (Split(before), Split(after));
        foreach (var agent in old)
            if (!now.Contains(agent)) Run(_removeAgent, agent, id);
        foreach (var agent in now)
            if (!old.Contains(agent)) Run(_addAgent, agent, id);
    }

    private static string[] Split(string agents) => agents is "" ? [] : agents.Contains(CaseFacts.Between) ? agents.Split(CaseFacts.Between) : [agents];

    private static void Run(Statement statement, string agent, long id)
    {
        statement.Bind(1, agent);
        statement.Bind(2, id);
        statement.Run();
    }

    private void Load(KnownStream stream)
    {
        stream.FactsKnown = true;
        _find.Bind(1, stream.Id);
        if (!_find.Step()) return;
        stream.Facts = new CaseFacts(
            _find.Number(0) != 0, Names<CaseStatus>.Parse(_find.Bytes(1)), _find.Number(2) != 0, _find.Text(3), _find.Text(4), _find.Text(5));
        _find.Reset();
    }

    private void WriteAgent(KnownStream stream, ReadOnlySpan<byte> body)
    {
        _putAgent.Bind(1, stream.Id);
        _putAgent.BindUtf8InPlace(2, body);
        _putAgent.Run();
    }
}
