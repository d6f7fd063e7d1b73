using RoutingGrid.Journal.Codec;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Audit;

/// <summary>Compares the read models with what the events make of them.</summary>
internal static class ReadModelAudit
{
    public static async Task Compare(
        string workspace, Dictionary<string, CaseState> cases, Dictionary<string, AgentState> agents, IReadModels read, Action<int, string> report, CancellationToken cancel)
    {
        var expected = new HashSet<DeadlineRow>();
        foreach (var (caseId, state) in cases.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var row = await read.Case(workspace, caseId, cancel);
            if (row is null || !Same(row.State, state)) report(9, $"the row of case {caseId} is not what its events make of it.");
            foreach (var deadline in CaseDeadlines.Of(state)) expected.Add(Row(DeadlineOwnerKind.Case, caseId, deadline));
            foreach (var offer in state.Offers) expected.Add(Row(DeadlineOwnerKind.Agent, offer.AgentId, CaseDeadlines.OfOffer(caseId, offer)));
        }
        foreach (var (agentId, state) in agents.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var row = await read.Agent(workspace, agentId, cancel);
            if (row is null || row.State.Version > state.Version || row.State.Activity != state.Activity || row.State.Presence != state.Presence)
                report(9, $"the row of agent {agentId} is not what their events make of it.");
        }
        await FindStrangers(workspace, cases, agents, read, report, cancel);
        await CompareDeadlines(workspace, expected, read, report, cancel);

        DeadlineRow Row(DeadlineOwnerKind kind, string id, Deadline deadline) =>
            new(new DeadlineOwner(kind, workspace, id), deadline.Kind, deadline.Key, deadline.DueAt);
    }

    private static async Task FindStrangers(
        string workspace, Dictionary<string, CaseState> cases, Dictionary<string, AgentState> agents, IReadModels read, Action<int, string> report, CancellationToken cancel)
    {
        string? cursor = null;
        do
        {
            var page = await read.Cases(workspace, new CaseFilter(), cursor, 1000, cancel);
            foreach (var row in page.Items.Where(row => !cases.ContainsKey(row.CaseId))) report(9, $"there is a row of case {row.CaseId}, and no event.");
            cursor = page.Next;
        }
        while (cursor is not null);
        foreach (var row in (await read.Agents(workspace, cancel)).Where(row => !agents.ContainsKey(row.AgentId))) report(9, $"there is a row of agent {row.AgentId}, and no event.");
    }

    /// <summary>Cases and their offers. The agents' own deadlines move in memory with every heartbeat, so only the kept ones of a session that exists count.</summary>
    private static async Task CompareDeadlines(string workspace, HashSet<DeadlineRow> expected, IReadModels read, Action<int, string> report, CancellationToken cancel)
    {
        for (var shard = 0; shard < DeadlineRow.Shards; shard++)
        {
            foreach (var row in await read.Deadlines(shard, DateTimeOffset.MaxValue, int.MaxValue, cancel))
            {
                if (row.Owner.Workspace != workspace || (row.Owner.Kind == DeadlineOwnerKind.Agent && row.Kind != DeadlineKind.OfferExpires)) continue;
                if (!expected.Remove(row)) report(5, $"a deadline {row.Kind} of {row.Owner.Id} is kept that nothing promises ({row.Key}, {row.DueAt:O}).");
            }
        }
        foreach (var row in expected.OrderBy(row => row.Owner.Id, StringComparer.Ordinal)) report(5, $"the deadline {row.Kind} of {row.Owner.Id} is missing ({row.Key}, {row.DueAt:O}).");
    }

    private static bool Same(CaseState row, CaseState state) => StateCodec.ToUtf8(row).AsSpan().SequenceEqual(StateCodec.ToUtf8(state));
}
