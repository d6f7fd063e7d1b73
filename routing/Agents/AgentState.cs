using System.Collections.Immutable;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Routing.Agents;

/// <summary>One device's connection of an agent.</summary>
/// <param name="LastHeard">Last heartbeat or action; kept in memory, in the journal only as of the last event.</param>
/// <param name="LastAction">Last thing the person did, for the idle timeout.</param>
public sealed record Session(string SessionId, DateTimeOffset StartedAt, DateTimeOffset LastHeard, DateTimeOffset LastAction, DateTimeOffset? LostAt);

/// <summary>An agent's presence and activity, folded from their events. What they hold is not here: cases say that.</summary>
public sealed record AgentState
{
    public static AgentState None { get; } = new();

    public long Version { get; init; }
    public string Activity { get; init; } = "offline";
    public bool ActivityAvailable { get; init; }
    public DateTimeOffset ActivitySince { get; init; }

    /// <summary>Counts the times that the agent became available: a decline of an earlier time no longer holds.</summary>
    public int AvailabilityEpoch { get; init; }
    public ImmutableArray<Session> Sessions { get; init; } = [];
    public ImmutableArray<Deadline> Deadlines { get; init; } = [];
    public ImmutableArray<string> RecentCommands { get; init; } = [];

    public Presence Presence
    {
        get
        {
            var presence = Presence.Offline;
            foreach (var session in Sessions)
            {
                if (session.LostAt is null) return Presence.Connected;
                presence = Presence.Disconnected;
            }
            return presence;
        }
    }

    /// <summary>Whether new work may be given. A disconnected agent within grace keeps what they have and gets nothing new.</summary>
    public bool TakesWork => ActivityAvailable && Presence == Presence.Connected;
}
