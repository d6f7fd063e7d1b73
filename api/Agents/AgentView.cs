using System.Collections.Immutable;
using RoutingGrid.GrainInterfaces.Agents;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Api.Agents;

/// <summary>An agent on the wire.</summary>
/// <param name="Available">Whether the activity takes new work.</param>
/// <param name="TakesWork">Available and connected: whether new work may be given now.</param>
/// <param name="Holdings">Cases in their hands and live offers; absent where the list was not asked for.</param>
internal sealed record AgentView(
    string Id, string? Name, long Version, string Activity, bool Available, DateTimeOffset? ActivitySince, Presence Presence, bool TakesWork,
    ImmutableArray<SessionView> Sessions, ImmutableArray<HoldingView> Holdings)
{
    public static AgentView Of(string id, string? name, AgentState s, ImmutableArray<HoldingView> holdings) => new(
        id, name, s.Version, s.Activity, s.ActivityAvailable, s.Version == 0 ? null : s.ActivitySince, s.Presence, s.TakesWork,
        [.. s.Sessions.Select(x => new SessionView(x.SessionId, x.StartedAt, x.ExpiresAt, x.GraceUntil))], holdings);

    public static AgentView Of(string id, AgentResult result) => Of(id, null, result.State, [.. result.Holdings.Select(HoldingView.Of)]);
}

/// <summary>One device's connection.</summary>
/// <param name="GraceUntil">It is lost, and has until then to come back.</param>
internal sealed record SessionView(string Id, DateTimeOffset StartedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? GraceUntil);

/// <summary>A case as far as it weighs on an agent.</summary>
/// <param name="Held">The agent holds it; otherwise they are asked.</param>
/// <param name="OfferId">What to accept or decline, where they are asked.</param>
internal sealed record HoldingView(
    string CaseId, long CaseVersion, CaseStatus Status, string Channel, string Queue, int Units, bool Held, string? OfferId, DateTimeOffset? ExpiresAt,
    EndedOfferView? EndedOffer)
{
    public static HoldingView Of(Holding h) => new(
        h.CaseId, h.CaseVersion, h.Status, h.Channel, h.Queue, h.Units, h.Held, h.OfferId, h.ExpiresAt,
        h.EndedOffer is { } ended ? new EndedOfferView(ended.OfferId, ended.End) : null);

    /// <summary>From the read model.</summary>
    public static HoldingView Of(CaseRow row, string agentId)
    {
        var s = row.State;
        var offer = s.Offers.FirstOrDefault(o => o.AgentId == agentId);
        return new(
            row.CaseId, s.Version, s.Status, s.Channel, s.Queue, offer?.Units ?? s.HeldUnits, s.Holder == agentId, offer?.OfferId, offer?.ExpiresAt, null);
    }
}

internal sealed record EndedOfferView(string OfferId, OfferEnd End);
