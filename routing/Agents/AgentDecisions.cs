using System.Collections.Immutable;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Routing.Agents;

/// <summary>What every command does to an agent's sessions and activity: the one switch of its state machine.</summary>
public static class AgentDecisions
{
    /// <summary>What an agent without any session does.</summary>
    public static ActivitySettings Offline { get; } = new() { Name = "offline" };

    /// <summary>What an agent does who signed in without saying.</summary>
    public static ActivitySettings Unavailable { get; } = new() { Name = "unavailable" };

    public static Decision Decide(AgentState state, AgentCommand command)
    {
        if (Commands.Knows(state.RecentCommands, command.CommandId)) return Decision.Nothing;
        return command switch
        {
            AgentCommand.SignIn c => SignIn(state, c),
            AgentCommand.Heard c => Heard(state, c),
            AgentCommand.SetActivity c => SetActivity(state, c),
            AgentCommand.SignOut c => SignOut(state, c),
            AgentCommand.Due c => Due(state, c),
            AgentCommand.ConfirmRelease c => state.ReleaseWorkAt is null ? Decision.Nothing : Decision.Of(new WorkReleased { At = c.At }),
            _ => throw new ArgumentException($"{command.GetType().Name} is not decided here.", nameof(command)),
        };
    }

    /// <summary>Moves what a sign of life moves in memory. The journal does not need it: after a crash every session gets a whole new time.</summary>
    public static AgentState Touch(AgentState state, string sessionId, bool acted, DateTimeOffset at, PresenceSettings presence)
    {
        for (var i = 0; i < state.Sessions.Length; i++)
        {
            var session = state.Sessions[i];
            if (session.SessionId != sessionId) continue;
            return state with
            {
                Sessions = state.Sessions.SetItem(i, session with
                {
                    SilentAt = After(at, presence.DisconnectAfterSeconds),
                    IdleAt = acted ? After(at, presence.IdleTimeoutSeconds) : session.IdleAt,
                }),
            };
        }
        return state;
    }

    internal static DateTimeOffset? After(DateTimeOffset at, int seconds) => seconds == 0 ? null : at.AddSeconds(seconds);

    private static Decision SignIn(AgentState state, AgentCommand.SignIn c)
    {
        if (Find(state, c.SessionId) is not null) return Decision.Nothing;
        var started = new SessionStarted
        {
            At = c.At, By = c.By, CommandId = c.CommandId, SessionId = c.SessionId, Device = c.Device,
            SilentAt = After(c.At, c.Presence.DisconnectAfterSeconds),
            IdleAt = After(c.At, c.Presence.IdleTimeoutSeconds),
            ExpiresAt = After(c.At, c.Presence.AbsoluteTimeoutSeconds),
        };
        var activity = c.Activity ?? (state.Sessions.IsEmpty ? Unavailable : null);
        return activity is null || activity.Name == state.Activity
            ? Decision.Of(started)
            : Decision.Of(started, Changed(c, activity, ActivityBecause.SignedIn));
    }

    private static Decision Heard(AgentState state, AgentCommand.Heard c)
    {
        if (Find(state, c.SessionId) is not { } session) return Closed(c.SessionId);
        if (session.GraceUntil is null) return Decision.Nothing;
        return Decision.Of(new SessionResumed
        {
            At = c.At, SessionId = c.SessionId,
            SilentAt = After(c.At, c.Presence.DisconnectAfterSeconds),
            IdleAt = c.Acted ? After(c.At, c.Presence.IdleTimeoutSeconds) : session.IdleAt,
        });
    }

    private static Decision SetActivity(AgentState state, AgentCommand.SetActivity c)
    {
        if (state.Sessions.IsEmpty) return Decision.Refuse(RefusalCode.AgentOffline, "The agent has no session: sign in first.");
        return c.Activity.Name == state.Activity && c.Activity.Available == state.ActivityAvailable
            ? Decision.Nothing
            : Decision.Of(Changed(c, c.Activity, c.Because));
    }

    private static Decision SignOut(AgentState state, AgentCommand.SignOut c)
    {
        if (c.SessionId is not null && Find(state, c.SessionId) is null) return Closed(c.SessionId);
        return End(state, c, [.. state.Sessions.Where(session => c.SessionId is null || session.SessionId == c.SessionId)], c.End);
    }

    private static Decision Due(AgentState state, AgentCommand.Due c)
    {
        if (Find(state, c.Key) is not { } session) return Decision.Nothing;
        return c.Kind switch
        {
            DeadlineKind.SessionSilent when session.GraceUntil is null && session.SilentAt <= c.At =>
                Decision.Of(new SessionLost { At = c.At, SessionId = session.SessionId, GraceUntil = c.At.AddSeconds(c.Presence.GraceSeconds) }),
            DeadlineKind.GraceEnds when session.GraceUntil <= c.At => End(state, c, [session], SessionEnd.Disconnected),
            DeadlineKind.SessionIdle when session.IdleAt <= c.At => End(state, c, [session], SessionEnd.Idle),
            DeadlineKind.SessionExpires when session.ExpiresAt <= c.At => End(state, c, [session], SessionEnd.Expired),
            _ => Decision.Nothing,
        };
    }

    private static Decision End(AgentState state, AgentCommand c, ImmutableArray<Session> sessions, SessionEnd end)
    {
        if (sessions.IsEmpty) return Decision.Nothing;
        var events = ImmutableArray.CreateBuilder<DomainEvent>();
        foreach (var session in sessions)
            events.Add(new SessionEnded { At = c.At, By = c.By, CommandId = c.CommandId, SessionId = session.SessionId, End = end });
        if (sessions.Length == state.Sessions.Length && state.Activity != Offline.Name) events.Add(Changed(c, Offline, ActivityBecause.SignedOut));
        return Decision.Of(events.ToImmutable());
    }

    private static ActivityChanged Changed(AgentCommand c, ActivitySettings activity, ActivityBecause because) => new()
    {
        At = c.At, By = c.By, CommandId = c.CommandId, Activity = activity.Name, Available = activity.Available, Because = because,
    };

    private static Session? Find(AgentState state, string sessionId)
    {
        foreach (var session in state.Sessions)
            if (session.SessionId == sessionId) return session;
        return null;
    }

    private static Decision Closed(string sessionId) =>
        Decision.Refuse(RefusalCode.SessionClosed, $"Session '{sessionId}' does not exist or has ended: sign in again.");
}
