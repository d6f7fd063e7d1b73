using System.Collections.Immutable;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Matching;
using static RoutingGrid.Routing.Tests.Matching.Given;

namespace RoutingGrid.Routing.Tests.Matching;

/// <summary>What the matcher means, one thing at a time.</summary>
public sealed class MatcherTables
{
    [Fact]
    public void Higher_class_and_boost_come_before_a_longer_wait()
    {
        var matcher = Matcher(Queue());
        matcher.Put(Case("old", waited: 900));
        matcher.Put(Case("classy") with { Class = 2 });
        matcher.Put(Case("boosted") with { Class = 1, Boost = 1.5 });
        matcher.Put(Agent("ana", capacity: 3));
        Assert.Equal(["boosted→ana", "classy→ana", "old→ana"], matcher.Pairs());
    }

    [Fact]
    public void Ageing_overtakes_a_higher_class_at_the_moment_the_points_say()
    {
        var queues = new[] { Queue() with { AgeingPerMinute = 0.5 }, Queue("vip") };
        var matcher = Matcher([.. queues]);
        matcher.Put(Case("aged"));
        matcher.Put(Case("classy", queue: "vip") with { Class = 2 });
        Assert.Empty(matcher.Pairs());
        var ana = Agent("ana").With(a => a with { Queues = ["support", "vip"] });
        matcher.Put(ana);
        // Two points at half a point a minute take four minutes; from then on the earlier virtual start decides.
        Assert.Equal(["classy→ana"], matcher.Pairs(after: 239));
        matcher.ProposalEnded("classy", "ana");
        matcher.Put(Case("classy", queue: "vip", waited: -1) with { Class = 2, Version = 2 });
        Assert.Equal(["aged→ana"], matcher.Pairs(after: 240));
    }

    [Fact]
    public void Without_classes_and_ageing_the_earliest_virtual_start_of_all_queues_is_served()
    {
        var matcher = Matcher(Queue("a"), Queue("b"), Queue("c"));
        var waits = new[] { ("a", 50), ("b", 70), ("c", 60), ("a", 65), ("b", 10), ("c", 90) };
        foreach (var (queue, waited) in waits) matcher.Put(Case($"{queue}{waited}", waited, queue));
        matcher.Put(Agent("ana", capacity: 5).With(p => p with { Queues = ["a", "b"] }));
        Assert.Equal(["b70→ana", "a65→ana", "a50→ana", "b10→ana"], matcher.Pairs());
    }

    [Theory]
    [InlineData(RoutingStrategy.LeastLoaded, "light")]
    [InlineData(RoutingStrategy.LongestIdle, "idle")]
    [InlineData(RoutingStrategy.BestSkill, "skilled")]
    public void The_strategy_chooses(RoutingStrategy strategy, string expected)
    {
        var matcher = Matcher(Queue() with { Strategy = strategy });
        matcher.Put(Skilled(Agent("light", capacity: 10, used: 1, idle: 5), 1));
        matcher.Put(Skilled(Agent("idle", capacity: 4, used: 2, idle: 60), 1));
        matcher.Put(Skilled(Agent("skilled", capacity: 4, used: 3, idle: 10), 5));
        matcher.Put(Case("c1").Needing("es", 1));
        var chosen = matcher.Match().Single();
        Assert.Equal(expected, chosen.AgentId);
        Assert.Equal(3, chosen.Reason.Eligible);

        static AgentView Skilled(AgentView agent, int level) => agent.With(p => p with { Skills = p.Skills.Add("es", level) });
    }

    [Fact]
    public void Reasons_read_like_sentences()
    {
        Assert.Equal("least loaded (1 of 4 units) of 12 eligible", new ChoiceReason(ChoiceKind.LeastLoaded, 1, 4, 12, 0, default).ToString());
        Assert.Equal("longest idle (75 s) of 2 eligible", new ChoiceReason(ChoiceKind.LongestIdle, 0, 4, 2, 0, TimeSpan.FromSeconds(75)).ToString());
        Assert.Equal("best skill (levels add up to 7) of 3 eligible", new ChoiceReason(ChoiceKind.BestSkill, 0, 4, 3, 7, default).ToString());
        Assert.Equal("preferred agent, the only one eligible", new ChoiceReason(ChoiceKind.Preferred, 0, 4, 1, 0, default).ToString());
    }

    [Fact]
    public void Stages_relax_skills_and_then_ask_another_queue()
    {
        var matcher = Matcher(
            Queue() with
            {
                Stages =
                [
                    new() { AfterSeconds = 60, LowerSkills = ImmutableDictionary<string, int>.Empty.Add("es", 2) },
                    new() { AfterSeconds = 120, DropSkills = ["es"], AddQueues = ["backup"] },
                ],
            },
            Queue("backup"));
        matcher.Put(Agent("beginner", used: 1).With(p => p with { Skills = p.Skills.Add("es", 1) }));
        matcher.Put(Agent("backup", queue: "backup"));
        matcher.Put(Case("c1").Needing("es", 3));
        Assert.Empty(matcher.Pairs());
        Assert.Equal(Noon.AddSeconds(60), matcher.NextChange(Noon));
        Assert.Empty(matcher.Pairs(after: 60));
        Assert.Equal(new WhyNot.MissingSkill("es", 2), WhyNotOf(matcher, "c1", "beginner", 60));
        Assert.Equal(Noon.AddSeconds(120), matcher.NextChange(Noon.AddSeconds(60)));
        var proposal = matcher.Match(after: 120).Single();
        Assert.Equal(("backup", 2), (proposal.AgentId, proposal.Stage));
        Assert.Null(matcher.NextChange(Noon.AddSeconds(120)));
    }

    [Fact]
    public void The_preferred_agent_is_waited_for_while_patience_lasts()
    {
        var matcher = Matcher(Queue() with { PreferredPatienceSeconds = 30 });
        matcher.Put(Agent("ana", used: 1));
        matcher.Put(Agent("bea"));
        matcher.Put(Case("c1") with { PreferredAgent = "ana" });
        Assert.Empty(matcher.Pairs());
        Assert.Equal(new WhyNot.ReservedForPreferred("ana", Noon.AddSeconds(30)), WhyNotOf(matcher, "c1", "bea"));
        Assert.Equal(Noon.AddSeconds(30), matcher.NextChange(Noon));
        Assert.Equal(["c1→bea"], matcher.Pairs(after: 30));
    }

    [Fact]
    public void The_preferred_agent_is_not_waited_for_when_offline_or_unable()
    {
        foreach (var ana in new[] { Agent("ana").On("offline", Presence.Offline), Agent("ana", queue: "other"), null })
        {
            var matcher = Matcher(Queue() with { PreferredPatienceSeconds = 30 }, Queue("other"));
            if (ana is not null) matcher.Put(ana);
            matcher.Put(Agent("bea"));
            matcher.Put(Case("c1") with { PreferredAgent = "ana" });
            Assert.Equal(["c1→bea"], matcher.Pairs());
        }
    }

    [Fact]
    public void Who_waits_for_a_preferred_agent_stops_when_they_sign_out()
    {
        var matcher = Matcher(Queue() with { PreferredPatienceSeconds = 30 });
        matcher.Put(Agent("ana").On("break"));
        matcher.Put(Agent("bea"));
        matcher.Put(Case("c1") with { PreferredAgent = "ana" });
        Assert.Empty(matcher.Pairs());
        matcher.Put(Agent("ana").On("offline", Presence.Offline));
        Assert.Equal(["c1→bea"], matcher.Pairs());
    }

    [Fact]
    public void Without_patience_the_preferred_agent_is_still_the_first_choice_among_the_free()
    {
        var matcher = Matcher(Queue());
        matcher.Put(Agent("ana", capacity: 2, used: 1));
        matcher.Put(Agent("bea", capacity: 2));
        matcher.Put(Case("c1") with { PreferredAgent = "ana" });
        var proposal = matcher.Match(after: 10).Single();
        Assert.Equal(("ana", ChoiceKind.Preferred), (proposal.AgentId, proposal.Reason.Kind));
    }

    [Fact]
    public void Several_are_asked_at_once_up_to_the_queues_number_and_no_one_twice()
    {
        var matcher = Matcher(Queue() with { OffersAtOnce = 3 });
        foreach (var id in new[] { "a1", "a2", "a3", "a4" }) matcher.Put(Agent(id, capacity: 2));
        matcher.Put(Case("c1") with { Asked = ["a1"] });
        Assert.Equal(["c1→a2", "c1→a3"], matcher.Pairs());
        // One of the two is offered it, which the case tells before the agent does.
        matcher.Put(Case("c1") with { Version = 2, Asked = ["a1", "a2"] });
        Assert.Empty(matcher.Pairs());
        Assert.Equal(new WhyNot.AskedEnough(3), WhyNotOf(matcher, "c1", "a4"));
        Assert.Equal(new WhyNot.AlreadyAsked(), WhyNotOf(matcher, "c1", "a2"));
        matcher.ProposalEnded("c1", "a3");
        matcher.Put(Agent("a3", capacity: 2).On("break"));
        matcher.ProposalEnded("c1", "a2");
        Assert.Equal(["c1→a4"], matcher.Pairs());
    }

    [Fact]
    public void Channels_have_limits_of_their_own_and_weigh_what_they_say()
    {
        var configuration = Center(Queue()) with { Channels = [new() { Name = "chat", Units = 2 }, new() { Name = "email" }] };
        var matcher = new Matcher(configuration);
        matcher.Put(Agent("ana", capacity: 5).With(p => p with { Channels = p.Channels.Add("chat", 1).Add("email", 9) }));
        foreach (var i in Enumerable.Range(1, 9)) matcher.Put(Case($"c{i}", waited: 100 - i) with { Channel = i <= 2 ? "chat" : "email" });
        Assert.Equal(["c1→ana", "c3→ana", "c4→ana", "c5→ana"], matcher.Pairs());
        Assert.Equal(new WhyNot.NoCapacity(5, 5, null), WhyNotOf(matcher, "c2", "ana"));
    }

    [Fact]
    public void Outside_hours_cases_wait_or_go_to_the_agents_of_the_overflow_queue()
    {
        var calendar = new CalendarSettings { Name = "late", Week = ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add("monday", ["12:10-20:00"]) };
        var matcher = new Matcher(Center(
            Queue() with { Calendar = "late" },
            Queue("help") with { Calendar = "late", OutsideHours = OutsideHours.Overflow, OverflowQueue = "night" },
            Queue("night")) with { Calendars = [calendar] });
        matcher.Put(Agent("ana"));
        matcher.Put(Agent("night", queue: "night"));
        matcher.Put(Case("c1"));
        matcher.Put(Case("c2", queue: "help"));
        Assert.Equal(["c2→night"], matcher.Pairs());
        Assert.Equal(new WhyNot.OutsideHours(Noon.AddMinutes(10)), WhyNotOf(matcher, "c1", "ana"));
        Assert.Equal(Noon.AddMinutes(10), matcher.NextChange(Noon));
        Assert.Equal(["c1→ana"], matcher.Pairs(after: 600));
    }

    [Fact]
    public void A_new_configuration_reaches_known_agents_and_keeps_proposals()
    {
        var one = new AgentSettings { Id = "ana", Queues = ["support"] };
        var matcher = new Matcher(Center(Queue()) with { Agents = [one, one with { Id = "bea" }] });
        matcher.Put(Agent("ana"));
        matcher.Put(Agent("bea", used: 1));
        matcher.Put(Case("c1"));
        matcher.Put(Case("c2"));
        Assert.Equal(["c1→ana"], matcher.Pairs());
        matcher.Reconfigure(Center(Queue()) with { Agents = [one with { Capacity = 2 }] });
        Assert.Equal(["c2→ana"], matcher.Pairs());
        matcher.ProposalEnded("c2", "ana");
        matcher.Put(Agent("bea") with { Version = 0 });
        Assert.Equal(["c2→bea"], matcher.Pairs());
    }

    [Fact]
    public void Queues_are_counted()
    {
        var matcher = Matcher(Queue(), Queue("other"));
        matcher.Put(Case("c1", waited: 5));
        matcher.Put(Case("c2", waited: 50) with { Asked = ["ana"] });
        matcher.Put(Case("c3", queue: "gone"));
        matcher.Match();
        Assert.Equal(
            [new QueueSnapshot("support", 2, 1, Noon.AddSeconds(-50), true), new("other", 0, 0, null, true), new("gone", 1, 0, Noon, true)],
            matcher.Snapshot(Noon));
        Assert.True(matcher.Remove("c2"));
        Assert.False(matcher.Remove("c2"));
        Assert.Equal(new QueueSnapshot("support", 1, 0, Noon.AddSeconds(-5), true), matcher.Snapshot(Noon)[0]);
        Assert.Equal(2, matcher.WaitingCount);
    }

    private static WhyNot? WhyNotOf(Matcher matcher, string caseId, string agentId, int after = 0) =>
        matcher.Explain(caseId, Noon.AddSeconds(after))!.Agents.Single(a => a.AgentId == agentId).WhyNot;
}
