using System.Collections.Immutable;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Routing.Agents;

/// <summary>What each event makes of an agent, and the deadlines that follow.</summary>
public static class AgentFold
{
    private const int RememberedCommands = 16;

    /// <summary>The next state. An event that is not an agent's is a programming error.</summary>
    public static AgentState Evolve(AgentState state, DomainEvent happened) => Apply(state, happened) with
    {
        Version = state.Version + 1,
        RecentCommands = Commands.Remember(state.RecentCommands, happened.CommandId, RememberedCommands),
    };

    /// <summary>The state after several events.</summary>
    public static AgentState Evolve(AgentState state, ImmutableArray<DomainEvent> events)
    {
        foreach (var happened in events) state = Evolve(state, happened);
        return state;
    }

    /// <summary>The deadlines on which the agent is called; those of the offers they have are in the cases' states.</summary>
    public static ImmutableArray<Deadline> Deadlines(AgentState state)
    {
        if (state.Sessions.IsEmpty && state.ReleaseWorkAt is null) return [];
        var deadlines = ImmutableArray.CreateBuilder<Deadline>();
        foreach (var session in state.Sessions)
        {
            Add(session.GraceUntil is null ? DeadlineKind.SessionSilent : DeadlineKind.GraceEnds, session.SessionId, session.GraceUntil ?? session.SilentAt);
            Add(DeadlineKind.SessionIdle, session.SessionId, session.IdleAt);
            Add(DeadlineKind.SessionExpires, session.SessionId, session.ExpiresAt);
        }
        Add(DeadlineKind.ReleaseWork, "", state.ReleaseWorkAt);
        return deadlines.DrainToImmutable();

        void Add(DeadlineKind kind, string key, DateTimeOffset? due)
        {
            if (due is { } at) deadlines.Add(new Deadline(kind, key, at));
        }
    }

    private static AgentState Apply(AgentState state, DomainEvent happened) => happened switch
    {
        SessionStarted e => state with
        {
            Sessions = state.Sessions.Add(new Session(e.SessionId, e.At, e.SilentAt, e.IdleAt, e.ExpiresAt, GraceUntil: null)),
            ReleaseWorkAt = null,
        },
        SessionLost e => Change(state, e.SessionId, session => session with { GraceUntil = e.GraceUntil }),
        SessionResumed e => Change(state, e.SessionId, session => session with { GraceUntil = null, SilentAt = e.SilentAt, IdleAt = e.IdleAt }),
        SessionEnded e => Ended(state, e),
        ActivityChanged e => state with
        {
            Activity = e.Activity,
            ActivityAvailable = e.Available,
            ActivitySince = e.At,
            AvailabilityEpoch = e.Available && !state.ActivityAvailable ? state.AvailabilityEpoch + 1 : state.AvailabilityEpoch,
        },
        CapacityReserved => state,
        WorkReleased => state with { ReleaseWorkAt = null },
        _ => throw new ArgumentException($"{happened.GetType().Name} is not an event of an agent.", nameof(happened)),
    };

    private static AgentState Ended(AgentState state, SessionEnded e)
    {
        var sessions = state.Sessions.RemoveAll(session => session.SessionId == e.SessionId);
        return state with { Sessions = sessions, ReleaseWorkAt = sessions.IsEmpty ? e.At : state.ReleaseWorkAt };
    }

    private static AgentState Change(AgentState state, string sessionId, Func<Session, Session> change)
    {
        for (var i = 0; i < state.Sessions.Length; i++)
            if (state.Sessions[i].SessionId == sessionId) return state with { Sessions = state.Sessions.SetItem(i, change(state.Sessions[i])) };
        return state;
    }
}
