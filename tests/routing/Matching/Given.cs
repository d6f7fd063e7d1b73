using System.Collections.Immutable;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Matching;

namespace RoutingGrid.Routing.Tests.Matching;

/// <summary>A center for table tests, in which only what matters is said.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static WorkspaceConfiguration Center(params ImmutableArray<QueueSettings> queues) => new()
    {
        Channels = [new() { Name = "chat" }, new() { Name = "email" }],
        Queues = queues,
        DefaultQueue = queues[0].Name,
    };

    public static Matcher Matcher(params ImmutableArray<QueueSettings> queues) => new(Center(queues));

    public static QueueSettings Queue(string name = "support") => new() { Name = name };

    /// <param name="waited">Seconds before noon at which the case was queued.</param>
    public static WaitingCase Case(string id, int waited = 0, string queue = "support", string account = "brand") => new()
    {
        CaseId = id,
        Version = 1,
        Queue = queue,
        Channel = "chat",
        Account = account,
        VirtualStart = Noon.AddSeconds(-waited),
        QueuedAt = Noon.AddSeconds(-waited),
    };

    public static AgentView Agent(string id, int capacity = 1, int used = 0, int idle = 0, string queue = "support") => new()
    {
        AgentId = id,
        Version = 1,
        Profile = new AgentSettings { Id = id, Queues = [queue], Capacity = capacity },
        TakesWork = true,
        Activity = "available",
        IdleSince = Noon.AddSeconds(-idle),
        Load = new AgentLoad(used, used == 0 ? [] : [new ChannelLoad("chat", used)]),
    };

    public static AgentView On(this AgentView agent, string activity, Presence presence = Presence.Connected) =>
        agent with { TakesWork = false, Activity = activity, Presence = presence, Version = agent.Version + 1 };

    public static AgentView With(this AgentView agent, Func<AgentSettings, AgentSettings> profile) => agent with { Profile = profile(agent.Profile) };

    public static WaitingCase Needing(this WaitingCase waiting, string skill, int level) =>
        waiting with { Needs = waiting.Needs with { Skills = waiting.Needs.Skills.Add(new SkillLevel(skill, level)) } };

    public static List<Proposal> Match(this Matcher matcher, int after = 0)
    {
        var proposals = new List<Proposal>();
        Assert.Equal(matcher.Match(Noon.AddSeconds(after), proposals), proposals.Count);
        return proposals;
    }

    /// <summary>What a pass decides, as <c>case→agent</c>.</summary>
    public static IEnumerable<string> Pairs(this Matcher matcher, int after = 0) => matcher.Match(after).Select(p => $"{p.CaseId}→{p.AgentId}");

    /// <summary>The agent took it: the grain's next words after a proposal.</summary>
    public static void Accepted(this Matcher matcher, AgentView agent, string caseId)
    {
        matcher.ProposalEnded(caseId, agent.AgentId);
        matcher.Remove(caseId);
        matcher.Put(agent);
    }
}
