using System.Collections.Immutable;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Routing.Agents;

/// <summary>One device's connection of an agent.</summary>
/// <param name="SilentAt">When it counts as disconnected unless it is heard from; null: it needs no heartbeat. Heartbeats move it in
/// memory only, so after a crash a session gets a whole new time.</param>
/// <param name="IdleAt">When it ends for want of action; moves like <paramref name="SilentAt"/>.</param>
/// <param name="ExpiresAt">When it ends in any case.</param>
/// <param name="GraceUntil">Disconnected: until when it may come back. Null: it is connected.</param>
public sealed record Session(
    string SessionId, DateTimeOffset StartedAt, DateTimeOffset? SilentAt, DateTimeOffset? IdleAt, DateTimeOffset? ExpiresAt, DateTimeOffset? GraceUntil);

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

    /// <summary>Set while an agent who is gone still has work that must go back.</summary>
    public DateTimeOffset? ReleaseWorkAt { get; init; }

    public ImmutableArray<string> RecentCommands { get; init; } = [];

    public Presence Presence
    {
        get
        {
            var presence = Presence.Offline;
            foreach (var session in Sessions)
            {
                if (session.GraceUntil is null) return Presence.Connected;
                presence = Presence.Disconnected;
            }
            return presence;
        }
    }

    /// <summary>Whether new work may be given. A disconnected agent within grace keeps what they have and gets nothing new.</summary>
    public bool TakesWork => ActivityAvailable && Presence == Presence.Connected;
}
