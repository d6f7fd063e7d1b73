using Npgsql;
using RoutingGrid.Journal.Codec;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Postgres.Writing;

/// <summary>What a group writes of the rows of cases, each in the cheapest way that is sure.</summary>
/// <remarks>
/// <c>case_row</c> has the state as a body, and what closed cases are looked for by; <c>open_case</c> has what changes while a case is open, and no row of any other. Of an open case that
/// this process knows, the body may stand still for some events: who reads the row adds the events that came after it (<see cref="Reading.CaseReads"/>). What is looked for
/// is always of the present, and where nothing of that has changed no row is written at all.
/// </remarks>
internal sealed class CaseWrites
{
    /// <summary>Events that a body may lack.</summary>
    private const int MostAfterBody = 12;

    private readonly Columns _new = new();
    private readonly Columns _any = new();
    private readonly Columns _newOpen = new();
    private readonly Columns _anyOpen = new();
    private readonly Columns _noLongerOpen = new();
    private readonly Columns _otherAgents = new();
    private readonly List<long> _leave = [];

    internal void Add(GroupStream stream, PendingAppend append, int change)
    {
        var (before, facts) = (stream.HasRow ? stream.Facts : null, append.FactsOf(change));
        stream.Facts = facts;
        if (before is null || !facts.IsIndexedLike(before) || !MayWait(stream, facts, append.StateOf(change))) AddBody(stream, facts, append.BodyOf(change));
        if (facts == before) return;
        AddOpen(stream, before, facts);
        AddOtherAgents(stream, before, facts);
    }

    internal void AddTo(NpgsqlBatch batch)
    {
        AddRows(batch, Sql.AddCases, _new);
        AddRows(batch, Sql.PutCases, _any);
        AddOpen(batch, Sql.AddOpen, _newOpen);
        AddOpen(batch, Sql.PutOpen, _anyOpen);
        if (_noLongerOpen.Any) batch.Add(Sql.RemoveOpen, _noLongerOpen[0], _noLongerOpen[1]);
        if (_leave.Count > 0) batch.Add(Sql.LeaveAgents, [_leave.ToArray()]);
        if (_otherAgents.Any) batch.Add(Sql.JoinAgents, _otherAgents[0], _otherAgents[1], _otherAgents.Word(0));
    }

    // A closed case is read for years, and written to seldom. A state that is not of its stream's version cannot be made from events.
    private static bool MayWait(GroupStream stream, CaseFacts facts, CaseState state) =>
        facts.Open && state.Version == stream.Version && stream.Version - stream.BodyVersion <= MostAfterBody;

    private void AddBody(GroupStream stream, CaseFacts facts, ReadOnlyMemory<byte> body)
    {
        stream.BodyVersion = stream.Version;
        var into = stream.IsNew ? _new : _any;
        into.Add(stream.Workspace, stream.Id, stream.Version);
        into.Flags(facts.Open);
        into.Words(facts.Queue, facts.Customer);
        into.Text(0).Add(body);
    }

    private void AddOpen(GroupStream stream, CaseFacts? before, CaseFacts facts)
    {
        if (facts.Open)
        {
            var into = stream.IsNew ? _newOpen : _anyOpen;
            into.Add(stream.Workspace, stream.Id, stream.Version);
            into.Flags(facts.Routable);
            into.Words(Names<CaseStatus>.Text(facts.Status), facts.Queue, FirstOf(facts.Agents));
        }
        else if (!stream.IsNew && before?.Open != false) _noLongerOpen.Add(stream.Workspace, stream.Id);
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

    private static void AddRows(NpgsqlBatch batch, string sql, Columns rows)
    {
        if (rows.Any) batch.Add(sql, rows[0], rows[1], rows[2], rows.Flag(0), rows.Word(0), rows.Word(1), rows.TextArray(0));
    }

    private static void AddOpen(NpgsqlBatch batch, string sql, Columns rows)
    {
        if (rows.Any) batch.Add(sql, rows[0], rows[1], rows[2], rows.Flag(0), rows.Word(0), rows.Word(1), rows.Word(2));
    }
}
