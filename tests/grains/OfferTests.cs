using System.Collections.Immutable;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Grains.Tests;

/// <summary>Every offer ends exactly once, and what it reserved is free again.</summary>
public sealed class OfferTests
{
    [Fact]
    public void Outside_hours_a_case_reaches_an_agent_over_two_overflows() => TestCenter.Run(Overflowing(), async center =>
    {
        var caseId = await center.Write("customer-1");
        Assert.Null((await center.World.Case(caseId).Transfer(null, "sales", center.Command())).Refusal);
        await center.SignIn("ana");
        Assert.Equal(caseId, (await center.OfferOf("ana"))?.CaseId);
    });

    [Fact]
    public void An_offer_that_rings_out_makes_its_agent_unavailable_and_the_case_waits_on() => TestCenter.Run(TestCenter.Simple(["ana"]), async center =>
    {
        await center.SignIn("ana");
        var caseId = await center.Write("customer-1");
        var start = (await center.Case(caseId)).VirtualStart;
        await center.Pass(21);
        var ana = await center.World.Agent("ana").Get();
        Assert.Equal("unavailable", ana.State.Activity);
        Assert.Empty(ana.Holdings);
        var state = await center.Case(caseId);
        Assert.Equal((CaseStatus.Queued, start), (state.Status, state.VirtualStart));

        TestCenter.Done(await center.World.Agent("ana").SetActivity(TestCenter.Session("ana"), "available", center.Command()));
        await center.Settle();
        Assert.Equal(caseId, (await center.OfferOf("ana"))?.CaseId);
    });

    [Fact]
    public void A_declined_case_goes_to_the_next_agent() => TestCenter.Run(TestCenter.Simple(["ana", "ben"]), async center =>
    {
        await center.SignIn("ana", "ben");
        var caseId = await center.Write("customer-1");
        var first = (await center.Case(caseId)).Offers.Single().AgentId;
        await center.Decline(first);
        Assert.NotEqual(first, (await center.Case(caseId)).Offers.Single().AgentId);
    });

    [Fact]
    public void The_only_agent_declines_and_the_case_is_offered_again() => TestCenter.Run(TestCenter.Simple(["ana"]), async center =>
    {
        await center.SignIn("ana");
        var caseId = await center.Write("customer-1");
        await center.Decline("ana");
        Assert.Equal(caseId, (await center.OfferOf("ana"))?.CaseId);
    });

    [Fact]
    public void Two_agents_accept_one_offer_and_one_of_them_gets_it() => TestCenter.Run(
        TestCenter.Simple(["ana", "ben", "eva"], queue => queue with { OffersAtOnce = 3 }), async center =>
    {
        await center.SignIn("ana", "ben", "eva");
        var caseId = await center.Write("customer-1");
        var offers = (await center.Case(caseId)).Offers;
        Assert.Equal(3, offers.Length);
        var results = await Task.WhenAll(offers.Select(offer =>
            center.World.Agent(offer.AgentId).Accept(TestCenter.Session(offer.AgentId), caseId, offer.OfferId, center.Command())));
        Assert.Single(results, result => result.Refusal is null);
        Assert.All(results.Where(result => result.Refusal is not null), result => Assert.Equal(RefusalCode.OfferEnded, result.Refusal!.Code));
        await center.Settle();
        foreach (var offer in offers)
            Assert.Equal(offer.AgentId == (await center.Case(caseId)).Holder ? 1 : 0, (await center.World.Agent(offer.AgentId).Get()).Holdings.Length);
    });

    [Fact]
    public void A_burst_exceeds_nobodys_capacity_and_rings_everybody() => TestCenter.Run(
        TestCenter.Simple(["ana", "ben", "eva", "leo"], agent: agent => agent with { Capacity = 2 }), async center =>
    {
        await center.SignIn("ana", "ben", "eva", "leo");
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => center.TryWrite($"customer-{i}")));
        await center.Settle();
        foreach (var agent in new[] { "ana", "ben", "eva", "leo" }) Assert.Equal(2, (await center.World.Agent(agent).Get()).Holdings.Length);
    });

    [Fact]
    public void Freed_capacity_goes_to_who_waits_longest() => TestCenter.Run(TestCenter.Simple(["ana"]), async center =>
    {
        await center.SignIn("ana");
        var first = await center.Write("customer-1");
        var second = await center.Write("customer-2");
        await center.Write("customer-3");
        await center.Accept("ana");
        await center.Close("ana", first);
        Assert.Equal(second, (await center.OfferOf("ana"))?.CaseId);
    });

    [Fact]
    public void A_manual_assignment_beats_a_pending_offer() => TestCenter.Run(TestCenter.Simple(["ana", "ben"]), async center =>
    {
        await center.SignIn("ana", "ben");
        var caseId = await center.Write("customer-1");
        var offered = (await center.Case(caseId)).Offers.Single();
        var other = offered.AgentId == "ana" ? "ben" : "ana";
        Assert.Null((await center.World.Agent(other).Assign(caseId, false, center.Command())).Refusal);
        await center.Settle();
        Assert.Equal(other, (await center.Case(caseId)).Holder);
        var late = await center.World.Agent(offered.AgentId).Accept(TestCenter.Session(offered.AgentId), caseId, offered.OfferId, center.Command());
        Assert.Equal(RefusalCode.OfferEnded, late.Refusal?.Code);
    });

    [Fact]
    public void A_manual_assignment_exceeds_capacity_only_with_permission_and_is_marked() => TestCenter.Run(TestCenter.Simple(["ana"]), async center =>
    {
        await center.SignIn("ana");
        await center.Write("customer-1");
        await center.Accept("ana");
        var second = await center.Write("customer-2");
        Assert.Equal(RefusalCode.NoCapacity, (await center.World.Agent("ana").Assign(second, false, center.Command())).Refusal?.Code);
        Assert.Null((await center.World.Agent("ana").Assign(second, true, center.Command())).Refusal);
        Assert.True((await center.Case(second)).Excess);
    });

    [Fact]
    public void Auto_assignment_is_offer_and_acceptance_in_one_step() => TestCenter.Run(
        TestCenter.Simple(["ana"], queue => queue with { AutoAssign = true }), async center =>
    {
        await center.SignIn("ana");
        var caseId = await center.Write("customer-1");
        Assert.Equal((CaseStatus.Assigned, "ana"), ((await center.Case(caseId)).Status, (await center.Case(caseId)).Holder));
    });

    [Fact]
    public void The_assignee_lacks_permission_to_answer_and_is_never_asked() => TestCenter.Run(
        TestCenter.Simple(["ana", "ben"], agent: agent => agent.Id == "ana" ? agent with { Accounts = ["other"] } : agent), async center =>
    {
        await center.SignIn("ana");
        var caseId = await center.Write("customer-1");
        Assert.Equal(CaseStatus.Queued, (await center.Case(caseId)).Status);
        Assert.Equal(RefusalCode.AccountNotPermitted, (await center.World.Agent("ana").Assign(caseId, false, center.Command())).Refusal?.Code);
        await center.SignIn("ben");
        Assert.Equal("ben", (await center.Case(caseId)).Offers.Single().AgentId);
    });

    [Fact]
    public void A_retried_acceptance_is_recognised() => TestCenter.Run(TestCenter.Simple(["ana"]), async center =>
    {
        await center.SignIn("ana");
        var caseId = await center.Write("customer-1");
        var offer = (await center.OfferOf("ana"))!;
        var command = new CommandContext("agent:ana", "accept-1");
        for (var i = 0; i < 3; i++)
            Assert.Null((await center.World.Agent("ana").Accept(TestCenter.Session("ana"), caseId, offer.OfferId!, command)).Refusal);
        Assert.Single((await center.Events(caseId)).OfType<CaseAssigned>());
    });

    [Fact]
    public void A_retry_is_recognised_though_its_agent_could_not_do_it_any_more() => TestCenter.Run(TestCenter.Simple(["ana"]), async center =>
    {
        await center.SignIn("ana");
        var caseId = await center.Write("customer-1");
        var offer = (await center.OfferOf("ana"))!;
        var command = new CommandContext("agent:ana", "accept-1");
        var ana = center.World.Agent("ana");
        Assert.Null((await ana.Accept(TestCenter.Session("ana"), caseId, offer.OfferId!, command)).Refusal);
        Assert.Null((await ana.SetActivity(null, "unavailable", center.Command())).Refusal);
        Assert.Null((await ana.Accept(TestCenter.Session("ana"), caseId, offer.OfferId!, command)).Refusal);
        Assert.Equal(RefusalCode.AgentUnavailable, (await ana.Accept(TestCenter.Session("ana"), caseId, offer.OfferId!, center.Command())).Refusal?.Code);

        var second = await center.Write("customer-2");
        var assignment = center.Command();
        Assert.Null((await ana.Assign(second, true, assignment)).Refusal);
        await ana.SignOut(null, center.Command());
        Assert.Null((await ana.Accept(TestCenter.Session("ana"), caseId, offer.OfferId!, command)).Refusal);
        Assert.Null((await ana.Assign(second, true, assignment)).Refusal);
        Assert.Equal(RefusalCode.AgentOffline, (await ana.Assign(second, true, center.Command())).Refusal?.Code);
        Assert.Null((await center.Case(second)).Holder);
    });

    [Fact]
    public void An_answer_from_another_account_or_person_is_refused() => TestCenter.Run(TestCenter.Simple(["ana", "ben"]), async center =>
    {
        await center.SignIn("ana");
        var caseId = await center.Write("customer-1");
        await center.Accept("ana");
        Assert.Equal(RefusalCode.NotHolder, (await center.World.Case(caseId).Answer("ben", "r1", null, "text", center.Command())).Refusal?.Code);
        Assert.Equal(RefusalCode.WrongAccount, (await center.World.Case(caseId).Answer("ana", "r2", "other", "text", center.Command())).Refusal?.Code);
    });

    private static WorkspaceConfiguration Overflowing()
    {
        var simple = TestCenter.Simple(["ana"]);
        QueueSettings Closed(string name, string overflow) =>
            new() { Name = name, Calendar = "nights", OutsideHours = OutsideHours.Overflow, OverflowQueue = overflow };
        return simple with
        {
            Calendars = [new CalendarSettings { Name = "nights", Week = ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add("monday", ["22:00-24:00"]) }],
            Queues = [.. simple.Queues, Closed("mails", "support"), Closed("sales", "mails")],
        };
    }
}
