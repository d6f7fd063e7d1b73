using RoutingGrid.Grains.Routing;
using RoutingGrid.Grains.Storage;
using RoutingGrid.GrainInterfaces;
using RoutingGrid.GrainInterfaces.Agents;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.GrainInterfaces.Routing;
using RoutingGrid.Journal;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Grains.Cases;

/// <summary>Tells others how a case stands after a change. All of it is hints: whoever misses one finds out by itself.</summary>
public sealed class CaseNews(IGrainFactory grains, Deadlines deadlines)
{
    /// <param name="knows">An agent who gets the news as the answer of a call.</param>
    /// <param name="agentTellsRouter">That agent answers a proposal of the router, and sends the case's state with it.</param>
    internal void Tell(string workspace, string caseId, CaseState before, CaseState after, string? knows, bool agentTellsRouter)
    {
        if (!agentTellsRouter && (Routes(before) || Routes(after))) ToRouter(workspace, caseId, after);
        foreach (var offer in before.Offers) ToAgent(workspace, caseId, after, offer.AgentId, knows);
        foreach (var offer in after.Offers)
            if (!before.Offers.Contains(offer)) ToAgent(workspace, caseId, after, offer.AgentId, knows);
        if (before.Holder is { } held && !HasOffer(before, held)) ToAgent(workspace, caseId, after, held, knows);
        if (after.Holder is { } holds && holds != before.Holder && !HasOffer(before, holds)) ToAgent(workspace, caseId, after, holds, knows);
        TellClock(workspace, caseId, before, after);
    }

    internal void ToRouter(string workspace, string caseId, CaseState state) =>
        _ = grains.GetGrain<IRouterGrain>(GrainKeys.Router(workspace)).CaseChanged(caseId, state);

    internal void ToCustomer(string workspace, string customerId) => _ = grains.GetGrain<ICustomerGrain>(GrainKeys.Of(workspace, customerId)).CaseClosed();

    private static bool HasOffer(CaseState state, string agentId)
    {
        foreach (var offer in state.Offers)
            if (offer.AgentId == agentId) return true;
        return false;
    }

    private static bool Routes(CaseState state) => state.Status is CaseStatus.Queued or CaseStatus.Offered;

    private void ToAgent(string workspace, string caseId, CaseState state, string agentId, string? knows)
    {
        if (agentId != knows)
            _ = grains.GetGrain<IAgentGrain>(GrainKeys.Of(workspace, agentId)).CaseChanged(Holdings.Of(caseId, state, agentId));
    }

    private void TellClock(string workspace, string caseId, CaseState before, CaseState after)
    {
        foreach (var offer in after.Offers)
            if (!before.Offers.Contains(offer)) deadlines.Watch(JournalWrites.AgentOf(workspace, offer), CaseDeadlines.OfOffer(caseId, offer));
        var now = CaseDeadlines.Of(after);
        if (now.IsEmpty) return;
        var old = CaseDeadlines.Of(before);
        foreach (var deadline in now)
            if (!old.Contains(deadline)) deadlines.Watch(new DeadlineOwner(DeadlineOwnerKind.Case, workspace, caseId), deadline);
    }
}

/// <summary>How a case weighs on an agent, by what the case says.</summary>
internal static class Holdings
{
    public static Holding Of(string caseId, CaseState state, string agentId)
    {
        if (state.Holder == agentId)
            return new Holding(caseId, state.Version, state.Channel, state.Queue, state.HeldUnits, true, null, null, state.Status, null);
        foreach (var offer in state.Offers)
            if (offer.AgentId == agentId)
                return new Holding(caseId, state.Version, state.Channel, state.Queue, offer.Units, false, offer.OfferId, offer.ExpiresAt, state.Status, null);
        return new Holding(caseId, state.Version, state.Channel, state.Queue, 0, false, null, null, state.Status, state.EndedOffers.LastOrDefault(offer => offer.AgentId == agentId));
    }
}
