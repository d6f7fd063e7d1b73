using System.Collections.Immutable;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal;

/// <summary>What the read models must become after a case or an agent changed: rows are pure functions of states.</summary>
public static class JournalWrites
{
    /// <summary>What a case's row and deadlines, and those of its offers, become.</summary>
    public static void AddCase(ImmutableArray<ReadModelChange>.Builder changes, string workspace, string caseId, CaseState before, CaseState after)
    {
        changes.Add(new ReadModelChange.PutCase(CaseRow.Of(workspace, caseId, after)));
        AddDeadlines(changes, new DeadlineOwner(DeadlineOwnerKind.Case, workspace, caseId), CaseDeadlines.Of(before), CaseDeadlines.Of(after));
        foreach (var offer in before.Offers)
            if (!after.Offers.Contains(offer)) Remove(changes, AgentOf(workspace, offer), CaseDeadlines.OfOffer(caseId, offer));
        foreach (var offer in after.Offers)
            if (!before.Offers.Contains(offer)) Put(changes, AgentOf(workspace, offer), CaseDeadlines.OfOffer(caseId, offer));
    }

    /// <summary>What an agent's row and deadlines become.</summary>
    public static void AddAgent(ImmutableArray<ReadModelChange>.Builder changes, string workspace, string agentId, AgentState before, AgentState after)
    {
        changes.Add(new ReadModelChange.PutAgent(new AgentRow(workspace, agentId, after)));
        AddDeadlines(changes, new DeadlineOwner(DeadlineOwnerKind.Agent, workspace, agentId), AgentFold.Deadlines(before), AgentFold.Deadlines(after));
    }

    /// <summary>Whose deadline an offer's end is.</summary>
    public static DeadlineOwner AgentOf(string workspace, Offer offer) => new(DeadlineOwnerKind.Agent, workspace, offer.AgentId);

    private static void AddDeadlines(
        ImmutableArray<ReadModelChange>.Builder changes, DeadlineOwner owner, ImmutableArray<Deadline> before, ImmutableArray<Deadline> after)
    {
        foreach (var old in before)
            if (!after.Any(deadline => deadline.Kind == old.Kind && deadline.Key == old.Key))
                Remove(changes, owner, old);
        foreach (var deadline in after)
            if (!before.Contains(deadline)) Put(changes, owner, deadline);
    }

    private static void Remove(ImmutableArray<ReadModelChange>.Builder changes, DeadlineOwner owner, Deadline deadline) =>
        changes.Add(new ReadModelChange.RemoveDeadline(owner, deadline.Kind, deadline.Key, deadline.DueAt));

    private static void Put(ImmutableArray<ReadModelChange>.Builder changes, DeadlineOwner owner, Deadline deadline) =>
        changes.Add(new ReadModelChange.PutDeadline(new DeadlineRow(owner, deadline.Kind, deadline.Key, deadline.DueAt)));
}
