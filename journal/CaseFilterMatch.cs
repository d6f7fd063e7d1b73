using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal;

/// <summary>What a filter means, in one place for all stores.</summary>
internal static class CaseFilterMatch
{
    internal static bool Matches(this CaseFilter filter, CaseState state) =>
        (filter.Status is null || filter.Status == state.Status)
        && (filter.Queue is null || filter.Queue == state.Queue)
        && (filter.Customer is null || filter.Customer == state.CustomerId)
        && (filter.Agent is null || HasAgent(state, filter.Agent))
        && (!filter.OpenOnly || state.IsOpen);

    /// <summary>Whether an agent holds the case or has a live offer of it.</summary>
    private static bool HasAgent(CaseState state, string agentId)
    {
        if (state.Holder == agentId) return true;
        foreach (var offer in state.Offers)
            if (offer.AgentId == agentId) return true;
        return false;
    }
}
