using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Routing.Agents;

/// <summary>What somebody wants of an agent's presence. Decided by <see cref="AgentDecisions.Decide"/>.</summary>
public abstract record AgentCommand
{
    private AgentCommand() { }

    /// <summary>Now.</summary>
    public required DateTimeOffset At { get; init; }
    public string? By { get; init; }
    public string? CommandId { get; init; }

    /// <summary>A device connects.</summary>
    /// <param name="Activity">The activity to enter; null: none is chosen, and the first session enters "unavailable".</param>
    public sealed record SignIn(string SessionId, string? Device, ActivitySettings? Activity, PresenceSettings Presence) : AgentCommand;

    /// <summary>A session was heard from.</summary>
    /// <param name="Acted">The person did something; a heartbeat alone does not keep a session from idling out.</param>
    public sealed record Heard(string SessionId, bool Acted, PresenceSettings Presence) : AgentCommand;

    public sealed record SetActivity(ActivitySettings Activity, ActivityBecause Because) : AgentCommand;

    /// <param name="SessionId">The session that ends; null: all of them.</param>
    public sealed record SignOut(string? SessionId, SessionEnd End) : AgentCommand;

    /// <summary>One of the agent's own deadlines may be due.</summary>
    public sealed record Due(DeadlineKind Kind, string Key, PresenceSettings Presence) : AgentCommand;

    /// <summary>All work of an agent who is gone is back in its queues.</summary>
    public sealed record ConfirmRelease : AgentCommand;
}
