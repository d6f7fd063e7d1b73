using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Matching;
using static RoutingGrid.Routing.Tests.Matching.Given;

namespace RoutingGrid.Routing.Tests.Matching;

/// <summary>Faults that other routers had, as far as the matcher alone can have them.</summary>
public sealed class BugsOfOthers
{
    [Fact]
    public void Overlapping_passes_assign_one_case_many_times()
    {
        var matcher = Matcher(Queue());
        matcher.Put(Case("c1"));
        matcher.Put(Agent("ana"));
        matcher.Put(Agent("bea"));
        Assert.Equal(["c1→ana"], matcher.Pairs());
        matcher.Put(Case("c1") with { Version = 2 });
        matcher.Put(Agent("bea") with { Version = 2 });
        Assert.Empty(matcher.Pairs());
        Assert.Empty(matcher.Pairs(after: 60));
    }

    [Fact]
    public void A_burst_exceeds_capacity()
    {
        var matcher = Matcher(Queue());
        matcher.Put(Agent("ana", capacity: 5, used: 2).With(a => a with { Channels = a.Channels.Add("chat", 4) }));
        for (var i = 0; i < 100; i++)
        {
            matcher.Put(Case($"c{i}"));
            matcher.Match(after: i);
        }
        Assert.Equal(98, Enumerable.Range(0, 100).Count(i => matcher.Explain($"c{i}", Noon)!.Agents[0].WhyNot is WhyNot.NoCapacity));
    }

    [Fact]
    public void Freed_capacity_goes_to_the_newest_while_the_oldest_starves()
    {
        var matcher = Matcher(Queue());
        var ana = Agent("ana");
        matcher.Put(ana with { Load = new AgentLoad(1, [new ChannelLoad("chat", 1)]) });
        foreach (var waited in new[] { 30, 90, 10, 60 }) matcher.Put(Case($"c{waited}", waited));
        Assert.Empty(matcher.Pairs());
        // The newest arrives at the very moment the agent is freed.
        matcher.Put(Case("c0"));
        matcher.Put(ana);
        Assert.Equal(["c90→ana"], matcher.Pairs());
    }

    [Theory]
    [InlineData(RoutingStrategy.LeastLoaded)]
    [InlineData(RoutingStrategy.LongestIdle)]
    [InlineData(RoutingStrategy.BestSkill)]
    public void A_burst_all_rings_the_same_agent(RoutingStrategy strategy)
    {
        var matcher = Matcher(Queue() with { Strategy = strategy });
        for (var i = 0; i < 4; i++) matcher.Put(Agent($"a{i}", capacity: 4, idle: i));
        var rung = new List<string>();
        for (var i = 0; i < 8; i++)
        {
            matcher.Put(Case($"c{i}"));
            rung.Add(matcher.Match().Single().AgentId);
        }
        Assert.Equal(["a3", "a2", "a1", "a0"], rung.Take(4));
        Assert.All(rung.CountBy(a => a), a => Assert.Equal(2, a.Value));
    }

    [Fact]
    public void The_only_agent_declines_and_the_case_is_never_offered_again()
    {
        var matcher = Matcher(Queue());
        matcher.Put(Agent("ana"));
        matcher.Put(Agent("bea").On("break"));
        var declined = Case("c1") with { Version = 2, Declines = [new Decline("ana", Noon.AddSeconds(300), 0)] };
        matcher.Put(declined);
        Assert.Equal(["c1→ana"], matcher.Pairs());

        // With somebody else at work, the decline holds: until it ends, or until they leave.
        matcher.Put(Agent("bea", used: 1) with { Version = 3 });
        matcher.ProposalEnded("c1", "ana");
        Assert.Empty(matcher.Pairs());
        Assert.Equal(Noon.AddSeconds(300), matcher.NextChange(Noon));
        Assert.Equal(["c1→ana"], matcher.Pairs(after: 300));
    }

    [Fact]
    public void A_declined_case_comes_back_when_the_others_leave()
    {
        var matcher = Matcher(Queue());
        matcher.Put(Agent("ana"));
        matcher.Put(Agent("bea", used: 1));
        matcher.Put(Case("c1") with { Declines = [new Decline("ana", Noon.AddSeconds(300), 0)] });
        Assert.Empty(matcher.Pairs());
        matcher.Put(Agent("bea", used: 1).On("break"));
        Assert.Equal(["c1→ana"], matcher.Pairs());
    }

    [Fact]
    public void An_agent_who_was_away_is_asked_again_after_a_decline()
    {
        var matcher = Matcher(Queue());
        matcher.Put(Agent("ana"));
        matcher.Put(Agent("bea", used: 1));
        matcher.Put(Case("c1") with { Declines = [new Decline("ana", Noon.AddSeconds(300), 0)] });
        Assert.Empty(matcher.Pairs());
        matcher.Put(Agent("ana") with { Version = 2, AvailabilityEpoch = 1 });
        Assert.Equal(["c1→ana"], matcher.Pairs());
    }

    [Fact]
    public void The_assignee_lacks_permission_to_answer()
    {
        var matcher = Matcher(Queue());
        matcher.Put(Agent("ana").With(a => a with { Accounts = ["shop"] }));
        matcher.Put(Case("c1", account: "brand"));
        Assert.Empty(matcher.Pairs());
        Assert.Equal(new WhyNot.AccountNotPermitted("brand"), matcher.Explain("c1", Noon)!.Agents.Single().WhyNot);
        matcher.Put(Agent("bea").With(a => a with { Accounts = ["shop", "brand"] }));
        Assert.Equal(["c1→bea"], matcher.Pairs());
    }

    [Fact]
    public void An_offline_agent_receives_work()
    {
        var matcher = Matcher(Queue());
        matcher.Put(Agent("ana"));
        matcher.Put(Agent("ana").On("offline", Routing.Agents.Presence.Offline));
        matcher.Put(Agent("bea").On("available", Routing.Agents.Presence.Disconnected));
        matcher.Put(Case("c1"));
        Assert.Empty(matcher.Pairs());
        // What was said before they left, and comes late, changes nothing.
        matcher.Put(Agent("ana"));
        Assert.Empty(matcher.Pairs());
    }
}
