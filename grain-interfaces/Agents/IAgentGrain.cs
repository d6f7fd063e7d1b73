using System.Collections.Immutable;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Matching;

namespace RoutingGrid.GrainInterfaces.Agents;

/// <summary>One agent: presence, activity and reservations. Key: <c>workspace/agentId</c>.</summary>
public interface IAgentGrain : IGrainWithStringKey
{
    Task<AgentResult> Get();

    /// <param name="activity">The activity to enter; null: "unavailable" for the first session.</param>
    Task<AgentResult> SignIn(string sessionId, string? device, string? activity, CommandContext context);

    /// <summary>A sign of life. Refused with SessionClosed when the session has ended: sign in again.</summary>
    Task<AgentResult> Heartbeat(string sessionId);

    Task<AgentResult> SetActivity(string? sessionId, string activity, CommandContext context);

    /// <param name="sessionId">Null: every session, by a supervisor.</param>
    Task<AgentResult> SignOut(string? sessionId, CommandContext context);

    Task<CaseResult> Accept(string sessionId, string caseId, string offerId, CommandContext context);

    Task<CaseResult> Decline(string sessionId, string caseId, string offerId, CommandContext context);

    /// <summary>A person gives a case to this agent. Beats every automatic routing.</summary>
    /// <param name="excess">Permitted to exceed capacity.</param>
    Task<CaseResult> Assign(string caseId, bool excess, CommandContext context);

    /// <summary>The agent did something through another grain: the session is not idle.</summary>
    [OneWay]
    Task Acted(string sessionId);

    /// <summary>From the router: have this case. Refused where the router's memory is wrong.</summary>
    [OneWay]
    Task Propose(Proposal proposal, CaseToOffer offer);

    /// <summary>From a case: how it stands with this agent now.</summary>
    [OneWay]
    Task CaseChanged(Holding holding);

    [OneWay]
    Task Due(DeadlineKind kind, string key);

    /// <summary>Read again what this agent holds, and tell the router.</summary>
    [OneWay]
    Task Report();

    /// <summary>The workspace's configuration changed.</summary>
    [OneWay]
    Task Reconfigured();

    /// <summary>Sends live notices until not renewed for a minute, or for what the silo is set to. Losing one loses nothing: <see cref="Get"/> has the whole.</summary>
    Task Watch(IAgentObserver observer);
}

/// <summary>What the agent needs of a proposed case to decide.</summary>
[GenerateSerializer, Immutable, Alias("CaseToOffer")]
public sealed record CaseToOffer([property: Id(0)] string Channel, [property: Id(1)] string Account, [property: Id(2)] string Queue, [property: Id(3)] bool Again);

/// <summary>A case as far as it weighs on an agent.</summary>
/// <param name="CaseVersion">Of what the case says; older news is ignored.</param>
/// <param name="Units">What it takes of the capacity; 0: it is not this agent's any more.</param>
/// <param name="OfferId">A live offer that is not accepted yet; null: the agent holds the case.</param>
/// <param name="EndedOffer">The offer that ended, when it was ended by others.</param>
[GenerateSerializer, Immutable, Alias("Holding")]
public sealed record Holding(
    [property: Id(0)] string CaseId,
    [property: Id(1)] long CaseVersion,
    [property: Id(2)] string Channel,
    [property: Id(3)] string Queue,
    [property: Id(4)] int Units,
    [property: Id(5)] bool Held,
    [property: Id(6)] string? OfferId,
    [property: Id(7)] DateTimeOffset? ExpiresAt,
    [property: Id(8)] CaseStatus Status,
    [property: Id(9)] EndedOffer? EndedOffer);

/// <summary>How a command on an agent ended: the agent as they are now, and the refusal if there was one.</summary>
[GenerateSerializer, Immutable, Alias("AgentResult")]
public sealed record AgentResult([property: Id(0)] Refusal? Refusal, [property: Id(1)] AgentState State, [property: Id(2)] ImmutableArray<Holding> Holdings);

/// <summary>Receives an agent's live notices.</summary>
public interface IAgentObserver : IGrainObserver
{
    void Notify(AgentNotice notice);
}

/// <summary>Something that an agent's desktop shows at once.</summary>
/// <param name="Type"><c>offer.made</c>, <c>offer.ended</c>, <c>case.assigned</c>, <c>case.changed</c>, <c>case.released</c>, <c>agent.changed</c>.</param>
[GenerateSerializer, Immutable, Alias("AgentNotice")]
public sealed record AgentNotice(
    [property: Id(0)] string Type, [property: Id(1)] DateTimeOffset At, [property: Id(2)] Holding? Holding, [property: Id(3)] AgentState? Agent, [property: Id(4)] string? Detail);
