using System.Collections.Immutable;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Matching;

namespace RoutingGrid.Bench.Router;

/// <summary>A made-up contact center: agents of many profiles, all busy, and cases that require many different things.</summary>
/// <remarks>
/// Twenty queues (or fewer, for few groups); within a queue, cases differ by account and by a skill's level. An agent serves three
/// queues, with levels that allow about two thirds of their cases. Every fifth queue relaxes its skills after two minutes.
/// </remarks>
internal sealed class Center
{
    private const int Levels = 5;
    private const int AgentProfiles = 100;

    private readonly Random _random;
    private readonly QueueSettings[] _queues;
    private readonly (QueueSettings Queue, string Account, Requirements Needs)[] _groups;

    public Center(int agents, int groups, int seed)
    {
        _random = new Random(seed);
        _queues = [.. Enumerable.Range(0, Math.Clamp(groups / Levels, 1, 20)).Select(QueueOf)];
        _groups = [.. Enumerable.Range(0, groups).Select(GroupOf)];
        var profiles = Enumerable.Range(0, Math.Min(agents, AgentProfiles)).Select(ProfileOf).ToArray();
        Agents = [.. Enumerable.Range(0, agents).Select(i => profiles[i % profiles.Length] with { Id = $"agent-{i}" })];
        Configuration = new WorkspaceConfiguration
        {
            Channels = [new() { Name = "chat" }],
            Skills = [.. Enumerable.Range(0, 4).Select(i => new SkillSettings { Name = $"skill-{i}", Levels = Levels })],
            Queues = [.. _queues],
            Agents = [.. Agents],
        };
    }

    public WorkspaceConfiguration Configuration { get; }
    public AgentSettings[] Agents { get; }

    public WaitingCase NewCase(long number, DateTimeOffset at)
    {
        var (queue, account, needs) = _groups[_random.Next(_groups.Length)];
        return new WaitingCase
        {
            CaseId = $"case-{number}",
            Version = 2,
            Queue = queue.Name,
            Channel = "chat",
            Account = account,
            Needs = needs,
            Class = _random.Next(10) switch { < 7 => 0, < 9 => 2, _ => 5 },
            VirtualStart = at,
            QueuedAt = at,
            PreferredAgent = _random.Next(20) == 0 ? Agents[_random.Next(Agents.Length)].Id : null,
        };
    }

    private static QueueSettings QueueOf(int i) => new()
    {
        Name = $"queue-{i}",
        Strategy = (RoutingStrategy)(i % 3),
        AgeingPerMinute = i % 4 * 0.5,
        PreferredPatienceSeconds = 30,
        Stages = i % 5 == 0
            ? [new() { AfterSeconds = 120, LowerSkills = Enumerable.Range(0, 4).ToImmutableDictionary(s => $"skill-{s}", _ => 1) }]
            : [],
    };

    private (QueueSettings, string, Requirements) GroupOf(int i)
    {
        var queue = i % _queues.Length;
        var variant = i / _queues.Length;
        var needs = new Requirements([new($"skill-{(queue + variant / Levels / 4) % 4}", 1 + variant % Levels)], null);
        return (_queues[queue], $"account-{variant / Levels % 4}", needs);
    }

    private AgentSettings ProfileOf(int i) => new()
    {
        Id = "",
        Queues = [.. Enumerable.Range(0, 3).Select(q => _queues[(i * 7 + q * (1 + i % 5)) % _queues.Length].Name).Distinct()],
        Skills = Enumerable.Range(0, 4).ToImmutableDictionary(s => $"skill-{s}", _ => 2 + _random.Next(Levels - 1)),
        Capacity = 1 + i % 4,
    };
}
