using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using static RoutingGrid.Routing.Tests.Agents.GivenAgent;

namespace RoutingGrid.Routing.Tests.Agents;

/// <summary>Sessions, activities and presence.</summary>
public sealed class AgentDecisionTests
{
    [Fact]
    public void The_first_session_enters_what_it_names_or_unavailable_and_a_second_changes_nothing()
    {
        Assert.Equal(("unavailable", false), (SignedIn.Activity, SignedIn.ActivityAvailable));
        var available = AgentState.None.After(SignIn("desk") with { Activity = Available });
        Assert.Equal(("available", true, 1), (available.Activity, available.TakesWork, available.AvailabilityEpoch));
        Assert.Equal("available", available.After(SignIn("phone")).Activity);
    }

    [Fact]
    public void A_silent_session_is_lost_then_ended_and_the_work_must_go_back()
    {
        var lost = SignedIn.After(Due(DeadlineKind.SessionSilent, 30));
        Assert.Equal((Presence.Disconnected, false), (lost.Presence, lost.TakesWork));
        var gone = lost.After(Due(DeadlineKind.GraceEnds, 90));
        Assert.Equal((Presence.Offline, "offline", Noon.AddSeconds(90)), (gone.Presence, gone.Activity, gone.ReleaseWorkAt));
        Assert.Null(gone.After(new AgentCommand.ConfirmRelease { At = Noon.AddSeconds(91) }).ReleaseWorkAt);
        Assert.Null(gone.After(SignIn("desk") with { At = Noon.AddSeconds(91) }).ReleaseWorkAt);
    }

    [Fact]
    public void A_sign_of_life_within_the_grace_brings_the_session_back()
    {
        var lost = SignedIn.After(Due(DeadlineKind.SessionSilent, 30));
        var back = lost.After(new AgentCommand.Heard("desk", false, Settings) { At = Noon.AddSeconds(40) });
        Assert.Equal((Presence.Connected, Noon.AddSeconds(70)), (back.Presence, back.Sessions[0].SilentAt));
    }

    [Theory]
    [InlineData(DeadlineKind.SessionSilent, 30)]
    [InlineData(DeadlineKind.SessionIdle, 1800)]
    [InlineData(DeadlineKind.SessionExpires, 43200)]
    public void A_deadline_does_nothing_before_its_time_or_after_it_moved(DeadlineKind kind, int seconds)
    {
        Assert.Empty(AgentDecisions.Decide(SignedIn, Due(kind, seconds - 1)).Events);
        Assert.NotEmpty(AgentDecisions.Decide(SignedIn, Due(kind, seconds)).Events);
        var touched = AgentDecisions.Touch(SignedIn, "desk", true, Noon.AddSeconds(10), Settings);
        Assert.Equal(kind == DeadlineKind.SessionExpires, !AgentDecisions.Decide(touched, Due(kind, seconds)).Events.IsEmpty);
    }

    [Fact]
    public void A_heartbeat_moves_silence_and_an_action_moves_idleness_too()
    {
        var beaten = AgentDecisions.Touch(SignedIn, "desk", false, Noon.AddSeconds(10), Settings).Sessions[0];
        Assert.Equal((Noon.AddSeconds(40), Noon.AddSeconds(1800)), (beaten.SilentAt, beaten.IdleAt));
        var acted = AgentDecisions.Touch(SignedIn, "desk", true, Noon.AddSeconds(10), Settings).Sessions[0];
        Assert.Equal((Noon.AddSeconds(40), Noon.AddSeconds(1810)), (acted.SilentAt, acted.IdleAt));
    }

    [Fact]
    public void Two_devices_are_one_presence_until_the_last_is_gone()
    {
        var both = SignedIn.After(SignIn("phone"), new AgentCommand.SetActivity(Available, ActivityBecause.Chosen) { At = Noon });
        var lost = both.After(Due(DeadlineKind.SessionSilent, 30));
        Assert.Equal((Presence.Connected, true), (lost.Presence, lost.TakesWork));
        var one = both.After(SignOut("desk"));
        Assert.Equal(("available", null), (one.Activity, one.ReleaseWorkAt));
        Assert.Equal(("offline", Noon), (one.After(SignOut("phone")).Activity, one.After(SignOut("phone")).ReleaseWorkAt));
        Assert.Equal(Presence.Offline, both.After(SignOut(null)).Presence);
    }

    [Fact]
    public void Coming_back_from_a_break_is_a_new_time_of_availability_and_another_available_activity_is_not()
    {
        var first = AgentState.None.After(SignIn("desk") with { Activity = Available });
        var other = first.After(new AgentCommand.SetActivity(new ActivitySettings { Name = "outbound", Available = true }, ActivityBecause.Chosen) { At = Noon });
        Assert.Equal(1, other.AvailabilityEpoch);
        var back = other.After(Enter("break"), new AgentCommand.SetActivity(Available, ActivityBecause.Chosen) { At = Noon });
        Assert.Equal(2, back.AvailabilityEpoch);
    }

    [Fact]
    public void Refusals_name_what_to_do()
    {
        Assert.Equal(RefusalCode.AgentOffline, AgentDecisions.Decide(AgentState.None, Enter("break")).Refusal?.Code);
        Assert.Equal(RefusalCode.SessionClosed, AgentDecisions.Decide(SignedIn, SignOut("phone")).Refusal?.Code);
        Assert.Equal(RefusalCode.SessionClosed, AgentDecisions.Decide(SignedIn, new AgentCommand.Heard("phone", true, Settings) { At = Noon }).Refusal?.Code);
        Assert.Null(AgentDecisions.Decide(AgentState.None, SignOut(null)).Refusal);
    }
}

internal static class GivenAgent
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static PresenceSettings Settings { get; } = new();
    public static ActivitySettings Available { get; } = new() { Name = "available", Available = true };
    public static AgentState SignedIn { get; } = AgentState.None.After(SignIn("desk"));

    public static AgentCommand.SignIn SignIn(string session) => new(session, "browser", null, Settings) { At = Noon };
    public static AgentCommand.SignOut SignOut(string? session) => new(session, SessionEnd.SignedOut) { At = Noon };
    public static AgentCommand.SetActivity Enter(string activity) => new(new ActivitySettings { Name = activity }, ActivityBecause.Chosen) { At = Noon };
    public static AgentCommand.Due Due(DeadlineKind kind, int after, string session = "desk") => new(kind, session, Settings) { At = Noon.AddSeconds(after) };

    public static AgentState After(this AgentState state, params ReadOnlySpan<AgentCommand> commands)
    {
        foreach (var command in commands)
        {
            var decision = AgentDecisions.Decide(state, command);
            Assert.Null(decision.Refusal);
            Assert.NotEmpty(decision.Events);
            state = AgentFold.Evolve(state, decision.Events);
        }
        return state;
    }
}
