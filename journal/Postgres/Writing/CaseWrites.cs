using Npgsql;
using RoutingGrid.Journal.Codec;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Postgres.Writing;

/// <summary>What a group writes of the rows of cases, each in the cheapest way that is sure.</summary>
/// <remarks>
/// A row has what is looked for, and the state as a body. Of an open case that this process knows, the body may stand still for some events: who reads the row adds the events
/// that came after it (<see cref="Reading.CaseReads"/>). What is looked for is always of the present, and where nothing of that has changed the row is not written at all.
/// </remarks>
internal sealed class CaseWrites
{
    /// <summary>Events that a body may lack.</summary>
    private const int MostAfterBody = 12;

    private readonly Columns _new = new();
    private readonly Columns _any = new();
    private readonly Columns _facts = new();
    private readonly Columns _otherAgents = new();
    private readonly List<long> _leave = [];

    internal void Add(GroupStream stream, PendingAppend append, int change)
    {
        var (before, facts) = (stream.HasRow ? stream.Facts : null, append.FactsOf(change));
        stream.Facts = facts;
        if (before is not null && MayWait(stream, facts, append.StateOf(change)))
        {
            if (facts == before) return;
            AddFacts(_facts, stream, facts);
        }
        else
        {
            stream.BodyVersion = stream.Version;
            var into = stream.IsNew ? _new : _any;
            AddFacts(into, stream, facts);
            into.Text(0).Add(append.BodyOf(change));
        }
        AddOtherAgents(stream, before, facts);
    }

    internal void AddTo(NpgsqlBatch batch)
    {
        Add(batch, Sql.AddCases, _new);
        Add(batch, Sql.PutCases, _any);
        if (_facts.Any)
            batch.Add(Sql.ChangeFacts, _facts[0], _facts[1], _facts[2], _facts.Flag(0), _facts.Flag(1), _facts.Word(0), _facts.Word(1), _facts.Word(2), _facts.Word(3));
        if (_leave.Count > 0) batch.Add(Sql.LeaveAgents, [_leave.ToArray()]);
        if (_otherAgents.Any) batch.Add(Sql.JoinAgents, _otherAgents[0], _otherAgents[1], _otherAgents.Word(0));
    }

    // A closed case is read for years, and written to seldom. A state that is not of its stream's version cannot be made from events.
    private static bool MayWait(GroupStream stream, CaseFacts facts, CaseState state) =>
        facts.Open && state.Version == stream.Version && stream.Version - stream.BodyVersion <= MostAfterBody;

    private static void AddFacts(Columns into, GroupStream stream, CaseFacts facts)
    {
        into.Add(stream.Workspace, stream.Id, stream.Version);
        into.Flags(facts.Open, facts.Routable);
        into.Words(Names<CaseStatus>.Text(facts.Status), facts.Queue, facts.Customer, FirstOf(facts.Agents));
    }

    private void AddOtherAgents(GroupStream stream, CaseFacts? before, CaseFacts facts)
    {
        if (!stream.IsNew && before?.Agents.Contains(CaseFacts.Between) != false) _leave.Add(stream.Id);
        if (!facts.Agents.Contains(CaseFacts.Between)) return;
        foreach (var agent in facts.Agents.Split(CaseFacts.Between)[1..])
        {
            _otherAgents.Add(stream.Workspace, stream.Id);
            _otherAgents.Words(agent);
        }
    }

    private static string FirstOf(string agents) => agents.IndexOf(CaseFacts.Between) is >= 0 and var end ? agents[..end] : agents;

    private static void Add(NpgsqlBatch batch, string sql, Columns cases)
    {
        if (cases.Any)
            batch.Add(sql, cases[0], cases[1], cases[2], cases.Flag(0), cases.Flag(1), cases.Word(0), cases.Word(1), cases.Word(2), cases.Word(3), cases.TextArray(0));
    }
}
