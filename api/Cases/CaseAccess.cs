using RoutingGrid.Api.Authentication;
using RoutingGrid.Journal;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Api.Cases;

/// <summary>Which cases a caller may see: an agent sees what they hold, held last or are asked about, and the other cases of
/// customers whose case they have in their hands.</summary>
internal sealed class CaseAccess(IJournal journal)
{
    /// <summary>The case; null where there is none, or it is none of the caller's business: both look the same to them.</summary>
    public async ValueTask<CaseRow?> Find(Caller caller, string workspace, string caseId, CancellationToken cancel)
    {
        if (await journal.Read.Case(workspace, caseId, cancel) is not { } row) return null;
        if (caller.AgentId is not { } agent || IsOwn(row.State, agent)) return row;
        return await Serves(agent, workspace, row.State.CustomerId, cancel) ? row : null;
    }

    /// <summary>Whether the caller may see everything of a customer.</summary>
    public async ValueTask<bool> MaySee(Caller caller, string workspace, string customerId, CancellationToken cancel) =>
        caller.AgentId is not { } agent || await Serves(agent, workspace, customerId, cancel);

    private static bool IsOwn(CaseState state, string agent) =>
        state.Holder == agent || state.LastHolder == agent || state.Offers.Any(offer => offer.AgentId == agent);

    private async ValueTask<bool> Serves(string agent, string workspace, string customerId, CancellationToken cancel) =>
        (await journal.Read.CasesOf(workspace, agent, cancel)).Any(row => row.State.CustomerId == customerId);
}
