using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal;

/// <summary>What the tables say of a case beside its body: the writer compares old and new, and touches only what differs.</summary>
/// <param name="Routable">In a queue or with a live offer.</param>
/// <param name="Agents">Who holds it or has a live offer of it, separated by <see cref="Between"/>; nearly always one or none.</param>
internal sealed record CaseFacts(bool Open, CaseStatus Status, bool Routable, string Queue, string Customer, string Agents)
{
    /// <summary>A control character that no id has.</summary>
    internal const char Between = '\u001f';

    internal static CaseFacts Of(CaseState state) =>
        new(state.IsOpen, state.Status, state.IsOpen && (state.Status == CaseStatus.Queued || state.Offers.Length > 0), state.Queue, state.CustomerId, AgentsOf(state));

    /// <summary>Whether no index of <c>case_row</c> sees a difference.</summary>
    internal bool IsIndexedLike(CaseFacts other) => Open == other.Open && Queue == other.Queue && Customer == other.Customer;

    private static string AgentsOf(CaseState state)
    {
        if (state.Offers.IsEmpty) return state.Holder ?? "";
        if (state.Holder is null && state.Offers.Length == 1) return state.Offers[0].AgentId;
        var agents = state.Offers.Select(offer => offer.AgentId);
        return string.Join(Between, (state.Holder is null ? agents : agents.Append(state.Holder)).Distinct());
    }
}
