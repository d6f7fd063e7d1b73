using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Matching;
using static RoutingGrid.Routing.Tests.Matching.Given;

namespace RoutingGrid.Routing.Tests.Matching;

public sealed class Explanations
{
    /// <summary>Each reason, in the order in which they win, with an agent who has it and none that comes before.</summary>
    public static TheoryData<string, WhyNot> Reasons => new()
    {
        { "unknown", new WhyNot.Offline() },
        { "offline", new WhyNot.Offline() },
        { "break", new WhyNot.NotAvailable("break") },
        { "lost", new WhyNot.NotAvailable("disconnected") },
        { "beginner", new WhyNot.MissingSkill("es", 3) },
        { "english", new WhyNot.LanguageNotSpoken("es") },
        { "shop", new WhyNot.AccountNotPermitted("brand") },
        { "email", new WhyNot.ChannelNotServed("chat") },
        { "asked", new WhyNot.AlreadyAsked() },
        { "declined", new WhyNot.Declined(Noon.AddSeconds(300)) },
        { "full", new WhyNot.NoCapacity(1, 1, null) },
        { "chatty", new WhyNot.NoCapacity(2, 2, "chat") },
    };

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Every_agent_of_the_queue_has_the_first_reason_why_not(string agentId, WhyNot expected)
    {
        var matcher = Everybody();
        Assert.Empty(matcher.Match());
        var agents = matcher.Explain("c1", Noon)!.Agents;
        Assert.Equal(agents.Select(a => a.AgentId).Order(StringComparer.Ordinal), agents.Select(a => a.AgentId));
        Assert.Equal(expected, agents.Single(a => a.AgentId == agentId).WhyNot);
        Assert.DoesNotContain(agents, a => a.AgentId == "elsewhere");
    }

    [Fact]
    public void Reasons_are_written_as_they_are_documented()
    {
        Assert.Equal("MissingSkill(es≥3)", new WhyNot.MissingSkill("es", 3).ToString());
        Assert.Equal("NotAvailable(break)", new WhyNot.NotAvailable("break").ToString());
        Assert.Equal("Declined(2026-03-02T12:00:00Z)", new WhyNot.Declined(Noon).ToString());
        Assert.Equal("ReservedForPreferred(ana until 2026-03-02T12:00:00Z)", new WhyNot.ReservedForPreferred("ana", Noon).ToString());
        Assert.Equal("OutsideHours(opens 2026-03-02T12:00:00Z)", new WhyNot.OutsideHours(Noon).ToString());
        Assert.Equal("NoCapacity(2 of 4 units)", new WhyNot.NoCapacity(2, 4, null).ToString());
        Assert.Equal("NoCapacity(1 of 1 cases of chat)", new WhyNot.NoCapacity(1, 1, "chat").ToString());
        Assert.Equal(
            ["Offline", "NotInQueue(q)", "Language(es)", "AccountNotPermitted(x)", "ChannelNotServed(x)", "AlreadyAsked", "AskedEnough(1)", "OthersFirst(2)"],
            new WhyNot[]
            {
                new WhyNot.Offline(), new WhyNot.NotInQueue("q"), new WhyNot.LanguageNotSpoken("es"), new WhyNot.AccountNotPermitted("x"),
                new WhyNot.ChannelNotServed("x"), new WhyNot.AlreadyAsked(), new WhyNot.AskedEnough(1), new WhyNot.OthersFirst(2),
            }.Select(w => w.ToString()));
    }

    [Fact]
    public void The_place_counts_who_is_served_before()
    {
        var matcher = Matcher(Queue() with { AgeingPerMinute = 0.25 }, Queue("other"));
        matcher.Put(Case("first", waited: 10) with { Class = 3 });
        matcher.Put(Case("second", waited: 600) with { Boost = 0.5, Rule = "complaints" });
        matcher.Put(Case("third", waited: 300));
        matcher.Put(Case("elsewhere", waited: 900, queue: "other"));
        matcher.Put(Case("ringing", waited: 900) with { Asked = ["ana"] });
        var explanation = matcher.Explain("second", Noon)!;
        Assert.Equal((2, 4, "complaints", 0), (explanation.Place, explanation.Waiting, explanation.Rule, explanation.Stage));
        Assert.Equal(new PriorityParts(0, 2.5, 0.5), explanation.Priority);
        Assert.Equal(3, explanation.Priority.Total);
        Assert.Equal(3, matcher.Explain("third", Noon)!.Place);
        Assert.Null(matcher.Explain("nobody", Noon));
    }

    [Fact]
    public void Between_two_passes_a_free_agent_has_others_first()
    {
        var matcher = Matcher(Queue());
        matcher.Put(Case("early", waited: 20));
        matcher.Put(Case("late"));
        matcher.Put(Agent("ana"));
        Assert.Null(matcher.Explain("early", Noon)!.Agents.Single().WhyNot);
        Assert.Equal(new WhyNot.OthersFirst(1), matcher.Explain("late", Noon)!.Agents.Single().WhyNot);
        matcher.Match();
        Assert.IsType<WhyNot.NoCapacity>(matcher.Explain("late", Noon)!.Agents.Single().WhyNot);
    }

    private static Matcher Everybody()
    {
        var queue = Queue() with { OffersAtOnce = 2 };
        var matcher = new Matcher(Center(queue, Queue("other")) with { Agents = [Able("unknown").Profile] });
        matcher.Put(Able("offline").On("offline", Presence.Offline));
        matcher.Put(Able("break").On("break"));
        matcher.Put(Able("lost").On("available", Presence.Disconnected));
        matcher.Put(Able("elsewhere").With(p => p with { Queues = ["other"] }));
        matcher.Put(Able("beginner").With(p => p with { Skills = p.Skills.SetItem("es", 2) }));
        matcher.Put(Able("english").With(p => p with { Languages = ["en"] }));
        matcher.Put(Able("shop").With(p => p with { Accounts = ["shop"] }));
        matcher.Put(Able("email").With(p => p with { Channels = p.Channels.Add("email", 3) }));
        matcher.Put(Able("asked"));
        matcher.Put(Able("declined"));
        matcher.Put(Able("full") with { Load = new AgentLoad(1, []) });
        matcher.Put(Able("chatty").With(p => p with { Capacity = 9, Channels = p.Channels.Add("chat", 2) }) with { Load = new AgentLoad(2, [new("chat", 2)]) });
        matcher.Put(Case("c1").Needing("es", 3) with
        {
            Needs = new Requirements([new SkillLevel("es", 3)], "es"),
            Asked = ["asked"],
            Declines = [new Decline("declined", Noon.AddSeconds(300), 0)],
        });
        return matcher;

        static AgentView Able(string id) => Agent(id).With(p => p with { Skills = p.Skills.Add("es", 3), Languages = ["es"] });
    }
}
