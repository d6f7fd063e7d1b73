using FsCheck;
using FsCheck.Fluent;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Tests.Matching;
using static RoutingGrid.Routing.Tests.Cases.GivenCase;
using Presence = RoutingGrid.Routing.Agents.Presence;

namespace RoutingGrid.Routing.Tests.Agents;

/// <summary>What holds of an agent whatever their devices do, in whatever order.</summary>
public sealed class AgentProperties
{
    private static readonly string[] Devices = ["desk", "phone"];

    private static readonly Gen<(int What, int A, int B)[]> Histories =
        from count in Gen.Choose(1, 60)
        from steps in Gen.ArrayOf(from what in Gen.Choose(0, 11) from a in Gen.Choose(0, 999) from b in Gen.Choose(0, 999) select (what, a, b), count)
        select steps;

    [Fact]
    public void Presence_follows_sessions_and_nobody_without_one_takes_work() => Always((_, _, _, after) =>
    {
        Assert.Equal(after.Sessions.IsEmpty, after.Presence == Presence.Offline);
        Assert.True(!after.Sessions.IsEmpty || (after.Activity == "offline" && !after.TakesWork));
        Assert.Equal(after.Sessions.Length, after.Sessions.Select(session => session.SessionId).Distinct().Count());
        Assert.True(after.ReleaseWorkAt is null || after.Sessions.IsEmpty);
    });

    [Fact]
    public void The_last_session_s_end_always_gives_work_back() => Always((before, _, _, after) =>
    {
        if (!before.Sessions.IsEmpty && after.Sessions.IsEmpty) Assert.NotNull(after.ReleaseWorkAt);
    });

    [Fact]
    public void The_epoch_grows_exactly_when_the_agent_becomes_available() => Always((before, _, decision, after) =>
    {
        var became = 0;
        var available = before.ActivityAvailable;
        foreach (var changed in decision.Events.OfType<ActivityChanged>())
        {
            if (changed.Available && !available) became++;
            available = changed.Available;
        }
        Assert.Equal(before.AvailabilityEpoch + became, after.AvailabilityEpoch);
    });

    [Fact]
    public void A_version_counts_events_and_each_changes_something() => Always((before, _, decision, after) =>
    {
        Assert.Equal(before.Version + decision.Events.Length, after.Version);
        var state = before;
        foreach (var happened in decision.Events)
        {
            var next = AgentFold.Evolve(state, happened);
            Assert.NotEqual(Text(state), Text(next with { Version = state.Version, RecentCommands = state.RecentCommands }));
            state = next;
        }
    });

    [Fact]
    public void A_repeated_command_does_nothing() => Always((_, command, decision, after) =>
    {
        if (decision.Events.IsEmpty || command is AgentCommand.Heard or AgentCommand.Due or AgentCommand.ConfirmRelease) return;
        var again = AgentDecisions.Decide(after, command);
        Assert.Equal((true, null), (again.Events.IsEmpty, again.Refusal));
    });

    [Fact]
    public void A_session_always_has_an_end_in_sight() => Always((_, _, _, after) =>
    {
        var deadlines = AgentFold.Deadlines(after);
        foreach (var session in after.Sessions)
            Assert.Contains(deadlines, deadline => deadline.Key == session.SessionId && deadline.Kind is DeadlineKind.SessionSilent or DeadlineKind.GraceEnds);
    });

    private static void Always(Action<AgentState, AgentCommand, Decision, AgentState> law) => Law.Holds(Histories, steps =>
    {
        var state = AgentState.None;
        var now = Noon;
        var number = 0;
        foreach (var (what, a, b) in steps)
        {
            now = now.AddSeconds(b % 5 == 0 ? b : b % 20);
            var command = Make(what, a, b, state) with { At = now, CommandId = $"command-{++number}" };
            var decision = AgentDecisions.Decide(state, command);
            Assert.True(decision.Refusal is null || decision.Events.IsEmpty);
            var after = AgentFold.Evolve(state, decision.Events);
            law(state, command, decision, after);
            state = after;
        }
    }, tests: 500, Shrink);

    private static AgentCommand Make(int what, int a, int b, AgentState state)
    {
        var (device, presence) = (Devices[a % 2], new PresenceSettings());
        var activities = ActivitySettings.Defaults;
        var due = AgentFold.Deadlines(state);
        return what switch
        {
            0 or 1 or 2 => new AgentCommand.SignIn(device, null, b % 2 == 0 ? null : activities[b % activities.Length], presence) { At = Noon },
            3 or 4 => new AgentCommand.Heard(device, b % 2 == 0, presence) { At = Noon },
            5 or 6 => new AgentCommand.SetActivity(activities[b % activities.Length], ActivityBecause.Chosen) { At = Noon },
            7 => new AgentCommand.SignOut(b % 3 == 0 ? null : device, SessionEnd.SignedOut) { At = Noon },
            8 => new AgentCommand.ConfirmRelease { At = Noon },
            _ when due.IsEmpty => new AgentCommand.Due(DeadlineKind.SessionIdle, device, presence) { At = Noon },
            _ => new AgentCommand.Due(due[a % due.Length].Kind, due[a % due.Length].Key, presence) { At = Noon },
        };
    }

    private static IEnumerable<(int, int, int)[]> Shrink((int, int, int)[] steps)
    {
        for (var chunk = steps.Length / 2; chunk >= 1; chunk /= 2)
            for (var at = 0; at + chunk <= steps.Length; at += chunk)
                yield return [.. steps[..at], .. steps[(at + chunk)..]];
    }
}
