using System.Collections.Immutable;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using static RoutingGrid.Routing.Tests.Cases.GivenCase;

namespace RoutingGrid.Routing.Tests.Cases;

/// <summary>What an agent must be and may do is asked again at every write, relaxed as the case's age has relaxed it.</summary>
public sealed class OfferCheckTests
{
    private static readonly QueueSettings Relaxing = Queue with
    {
        Stages =
        [
            new() { AfterSeconds = 60, LowerSkills = Billing(2) },
            new() { AfterSeconds = 120, DropSkills = ["billing"] },
            new() { AfterSeconds = 180, DropLanguage = true, AddQueues = ["second"] },
        ],
    };

    private static readonly CaseState Demanding = Queued with { Needs = new Requirements([new SkillLevel("billing", 3)], "es-MX") };

    [Theory]
    [InlineData(0, "support", 3, "es", null)]
    [InlineData(0, "support", 2, "es", RefusalCode.SkillMissing)]
    [InlineData(59, "support", 2, "es", RefusalCode.SkillMissing)]
    [InlineData(60, "support", 2, "es", null)]
    [InlineData(119, "support", 1, "es", RefusalCode.SkillMissing)]
    [InlineData(120, "support", 1, "es", null)]
    [InlineData(120, "support", 1, "en", RefusalCode.SkillMissing)]
    [InlineData(180, "support", 1, "en", null)]
    [InlineData(179, "second", 3, "es", RefusalCode.NotInQueue)]
    [InlineData(180, "second", 1, "en", null)]
    public void Stages_relax_what_an_offer_demands(int age, string queue, int level, string language, RefusalCode? expected)
    {
        var agent = new AgentSettings { Id = "ana", Queues = [queue], Languages = [language], Skills = Billing(level) };
        var offer = Offer("ana") with { Agent = agent, Queue = Relaxing, At = Noon.AddSeconds(age) };
        var decision = CaseDecisions.Decide(Demanding, offer);
        Assert.Equal(expected, decision.Refusal?.Code);
        if (expected is null) Assert.Equal(age / 60, Assert.IsType<CaseOffered>(Assert.Single(decision.Events)).Stage);
    }

    [Fact]
    public void An_overflow_queue_s_agents_may_have_what_overflows()
    {
        var offer = Offer("ana") with { Agent = Agent("ana") with { Queues = ["second"] } };
        Assert.Equal(RefusalCode.NotInQueue, CaseDecisions.Decide(Queued, offer).Refusal?.Code);
        Assert.Null(CaseDecisions.Decide(Queued, offer with { Overflows = ["first", "second"] }).Refusal);
    }

    [Fact]
    public void Eligibility_that_is_lost_between_offer_and_acceptance_is_noticed()
    {
        var accept = Accept("ana");
        Assert.Null(CaseDecisions.Decide(Offered, accept).Refusal);
        Assert.Equal(RefusalCode.NotInQueue, CaseDecisions.Decide(Offered, accept with { Agent = Agent("ana") with { Queues = [] } }).Refusal?.Code);
        Assert.Equal(RefusalCode.AccountNotPermitted, CaseDecisions.Decide(Offered, accept with { Agent = Agent("ana") with { Accounts = ["other"] } }).Refusal?.Code);
    }

    [Fact]
    public void A_declined_case_may_be_offered_again_after_its_time_or_a_break_or_when_nobody_else_is_there()
    {
        var declined = Offered.After(Decline("ana"));
        var again = Offer("ana") with { OfferId = "ana-2" };
        Assert.Equal(RefusalCode.DeclinedBefore, CaseDecisions.Decide(declined, again).Refusal?.Code);
        Assert.Null(CaseDecisions.Decide(declined, again with { At = Noon.AddSeconds(300) }).Refusal);
        Assert.Null(CaseDecisions.Decide(declined, again with { Epoch = 2 }).Refusal);
        Assert.Null(CaseDecisions.Decide(declined, again with { Again = true }).Refusal);
    }

    private static ImmutableDictionary<string, int> Billing(int level) => ImmutableDictionary<string, int>.Empty.Add("billing", level);
}
