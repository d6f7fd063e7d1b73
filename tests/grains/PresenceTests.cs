using RoutingGrid.Routing;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Grains.Tests;

/// <summary>Sessions, heartbeats, grace, and the work of those who are gone.</summary>
public sealed class PresenceTests
{
    private static readonly PresenceSettings Watched = new() { DisconnectAfterSeconds = 30, GraceSeconds = 60, IdleTimeoutSeconds = 1800, AbsoluteTimeoutSeconds = 43200 };

    [Fact]
    public void A_session_that_falls_silent_is_disconnected_then_gone_and_its_work_goes_back() => TestCenter.Run(
        TestCenter.Simple(["ana", "ben"], presence: Watched), async center =>
    {
        await center.SignIn("ana");
        var caseId = await center.Write("customer-1");
        await center.Accept("ana");
        var start = (await center.Case(caseId)).VirtualStart;

        await center.Pass(31);
        Assert.Equal(Presence.Disconnected, (await center.World.Agent("ana").Get()).State.Presence);
        Assert.Equal("ana", (await center.Case(caseId)).Holder);

        await center.Pass(61);
        Assert.Equal(Presence.Offline, (await center.World.Agent("ana").Get()).State.Presence);
        var state = await center.Case(caseId);
        Assert.Equal((CaseStatus.Queued, start, "ana"), (state.Status, state.VirtualStart, state.PreferredAgent));
        Assert.Contains((await center.Events(caseId)).OfType<CaseQueued>(), queued => queued.Because == QueuedBecause.AgentLost);

        await center.SignIn("ben");
        Assert.Equal(caseId, (await center.OfferOf("ben"))?.CaseId);
    });

    [Fact]
    public void Heartbeats_keep_a_session_and_one_in_time_brings_it_back() => TestCenter.Run(TestCenter.Simple(["ana"], presence: Watched), async center =>
    {
        await center.SignIn("ana");
        for (var i = 0; i < 30; i++)
        {
            await center.Pass(10);
            TestCenter.Done(await center.World.Agent("ana").Heartbeat(TestCenter.Session("ana")));
        }
        Assert.Equal(Presence.Connected, (await center.World.Agent("ana").Get()).State.Presence);

        await center.Pass(50);
        Assert.Equal(Presence.Disconnected, (await center.World.Agent("ana").Get()).State.Presence);
        TestCenter.Done(await center.World.Agent("ana").Heartbeat(TestCenter.Session("ana")));
        Assert.Equal(Presence.Connected, (await center.World.Agent("ana").Get()).State.Presence);
    });

    [Fact]
    public void An_idle_session_ends_though_its_heart_beats() => TestCenter.Run(TestCenter.Simple(["ana"], presence: Watched), async center =>
    {
        await center.SignIn("ana");
        var beats = 0;
        while ((await center.World.Agent("ana").Heartbeat(TestCenter.Session("ana"))).Refusal is null)
        {
            await center.Pass(10);
            Assert.True(++beats < 200, "the session never ended");
        }
        Assert.Equal(RefusalCode.SessionClosed, (await center.World.Agent("ana").Heartbeat(TestCenter.Session("ana"))).Refusal?.Code);
        Assert.InRange(beats, 178, 182);
    });

    [Fact]
    public void A_disconnected_agent_gets_nothing_new() => TestCenter.Run(TestCenter.Simple(["ana"], presence: Watched), async center =>
    {
        await center.SignIn("ana");
        await center.Pass(31);
        var caseId = await center.Write("customer-1");
        Assert.Equal(CaseStatus.Queued, (await center.Case(caseId)).Status);
    });

    [Fact]
    public void A_forced_logout_returns_work_and_offers() => TestCenter.Run(TestCenter.Simple(["ana"], agent: agent => agent with { Capacity = 2 }), async center =>
    {
        await center.SignIn("ana");
        var held = await center.Write("customer-1");
        await center.Accept("ana");
        var offered = await center.Write("customer-2");
        TestCenter.Done(await center.World.Agent("ana").SignOut(null, center.Command()));
        await center.Settle();
        Assert.Equal(CaseStatus.Queued, (await center.Case(held)).Status);
        Assert.Equal(CaseStatus.Queued, (await center.Case(offered)).Status);
        Assert.Empty((await center.World.Agent("ana").Get()).Holdings);
    });

    [Fact]
    public void An_unavailable_activity_keeps_cases_and_withdraws_offers_unless_it_keeps_them() => TestCenter.Run(
        TestCenter.Simple(["ana"], agent: agent => agent with { Capacity = 2 }), async center =>
    {
        await center.SignIn("ana");
        var held = await center.Write("customer-1");
        await center.Accept("ana");
        var offered = await center.Write("customer-2");
        TestCenter.Done(await center.World.Agent("ana").SetActivity(TestCenter.Session("ana"), "busy", center.Command()));
        await center.Settle();
        Assert.Equal(CaseStatus.Offered, (await center.Case(offered)).Status);
        TestCenter.Done(await center.World.Agent("ana").SetActivity(TestCenter.Session("ana"), "break", center.Command()));
        await center.Settle();
        Assert.Equal(CaseStatus.Queued, (await center.Case(offered)).Status);
        Assert.Equal("ana", (await center.Case(held)).Holder);
    });

    [Fact]
    public void What_a_supervisor_gives_an_agent_does_not_keep_an_idle_session() => TestCenter.Run(
        TestCenter.Simple(["ana"], agent: agent => agent with { Capacity = 5 }, presence: Watched), async center =>
    {
        await center.SignIn("ana");
        TestCenter.Done(await center.World.Agent("ana").SetActivity(TestCenter.Session("ana"), "break", center.Command()));
        for (var seconds = 0; seconds < 1850; seconds += 10)
        {
            if (seconds == 1500) Assert.Null((await center.World.Agent("ana").Assign(await center.Write("customer-1"), false, center.Command())).Refusal);
            await center.World.Agent("ana").Heartbeat(TestCenter.Session("ana"));
            await center.Pass(10);
        }
        Assert.Equal(Presence.Offline, (await center.World.Agent("ana").Get()).State.Presence);
    });

    [Fact]
    public void Two_devices_are_two_sessions_of_one_presence() => TestCenter.Run(TestCenter.Simple(["ana"]), async center =>
    {
        await center.SignIn("ana");
        TestCenter.Done(await center.World.Agent("ana").SignIn("phone", "phone", null, center.Command()));
        TestCenter.Done(await center.World.Agent("ana").SignOut(TestCenter.Session("ana"), center.Command()));
        var state = (await center.World.Agent("ana").Get()).State;
        Assert.Equal((Presence.Connected, "available"), (state.Presence, state.Activity));
    });
}
