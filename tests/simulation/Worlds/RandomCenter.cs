using System.Collections.Immutable;
using RoutingGrid.Engine.Simulation;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Simulation.Tests.Worlds;

/// <summary>Draws configurations: every policy that a workspace can have, in a center small enough that people collide.</summary>
internal static class RandomCenter
{
    /// <summary>May have every case, so that in the end somebody can.</summary>
    public const string Generalist = "zoe";

    public static readonly string[] Queues = ["chats", "mails", "sales", "vips"];
    public static readonly string[] Languages = ["es", "en"];
    public static readonly (string Account, string Channel)[] Accounts = [("brand-chat", "chat"), ("shop-chat", "chat"), ("brand-mail", "email")];

    private static readonly string[] Skills = ["billing", "tech"];
    private static readonly string[] People = ["ana", "ben", "eva", "leo", "mia"];

    public static WorkspaceConfiguration Draw(SeededRandom random) => new()
    {
        Channels =
        [
            new() { Name = "chat", Units = 1, OfferTimeoutSeconds = 20 },
            new() { Name = "email", Units = 1 + random.Below(2), OfferTimeoutSeconds = 60 },
        ],
        Accounts = [.. Accounts.Select(account => new AccountSettings { Id = account.Account, Channel = account.Channel })],
        Skills = [.. Skills.Select(skill => new SkillSettings { Name = skill })],
        Calendars = [new() { Name = "hours", Week = Week() }],
        Queues = [.. Queues.Select((name, index) => Queue(random, name, index))],
        Rules = [.. Rules(random)],
        DefaultQueue = Queues[0],
        Agents = [.. People.Select(id => Agent(random, id)), General()],
        Presence = new() { DisconnectAfterSeconds = 30, GraceSeconds = 20 + random.Below(60), IdleTimeoutSeconds = 600 + random.Below(1800), AbsoluteTimeoutSeconds = 3600 },
    };

    /// <summary>The same center after one of the changes that administrators make while people work.</summary>
    public static WorkspaceConfiguration Change(SeededRandom random, WorkspaceConfiguration configuration)
    {
        var agent = random.Below(configuration.Agents.Length - 1);
        var queue = random.Below(configuration.Queues.Length);
        return random.Below(5) switch
        {
            0 => configuration with { Queues = configuration.Queues.SetItem(queue, Queue(random, configuration.Queues[queue].Name, Array.IndexOf(Queues, configuration.Queues[queue].Name))) },
            1 => configuration with { Agents = configuration.Agents.SetItem(agent, Agent(random, configuration.Agents[agent].Id)) },
            2 when configuration.Agents.Length > 3 => configuration with { Agents = configuration.Agents.RemoveAt(agent) },
            3 when People.FirstOrDefault(id => configuration.Agents.All(known => known.Id != id)) is { } missing =>
                configuration with { Agents = configuration.Agents.Insert(0, Agent(random, missing)) },
            _ => configuration with { Rules = [.. Rules(random)] },
        };
    }

    private static QueueSettings Queue(SeededRandom random, string name, int index) => new()
    {
        Name = name,
        Strategy = (RoutingStrategy)random.Below(3),
        AutoAssign = random.Below(6) == 0,
        OfferTimeoutSeconds = random.Below(2) == 0 ? null : 10 + random.Below(30),
        OffersAtOnce = 1 + (random.Below(3) == 0 ? 1 + random.Below(2) : 0),
        RonaActivity = random.Below(2) == 0 ? "unavailable" : "break",
        DeclinedForSeconds = 30 + random.Below(300),
        AgeingPerMinute = random.Below(2) * (random.Below(30) / 10.0),
        PreferredPatienceSeconds = random.Below(3) * 30,
        Stages = [.. Enumerable.Range(1, random.Below(4)).Select(number => Stage(random, number))],
        Calendar = random.Below(5) == 0 ? "hours" : null,
        OutsideHours = index > 0 ? (OutsideHours)random.Below(3) : (OutsideHours)random.Below(2),
        AutomaticAnswer = "we are closed",
        OverflowQueue = index > 0 ? Queues[random.Below(index)] : null,
        Targets = new()
        {
            FirstAnswerSeconds = random.Below(2) == 0 ? null : 60 + random.Below(300),
            NextAnswerSeconds = random.Below(2) == 0 ? null : 60 + random.Below(300),
            ResolutionSeconds = random.Below(2) == 0 ? null : 600 + random.Below(1200),
            BusinessTime = random.Below(2) == 0,
        },
        WaitingKeepsCapacity = random.Below(2) == 0,
        CustomerSilenceSeconds = 300 + random.Below(900),
        AgentLost = random.Below(4) == 0 ? AgentLostPolicy.Stay : AgentLostPolicy.Return,
        PreferSameAgentSeconds = random.Below(2) * 60,
        ReopenSeconds = random.Below(3) * 300,
    };

    private static StageSettings Stage(SeededRandom random, int number) => new()
    {
        AfterSeconds = number * 45,
        DropSkills = random.Below(2) == 0 ? [Skills[random.Below(2)]] : [],
        LowerSkills = random.Below(2) == 0 ? ImmutableDictionary<string, int>.Empty.Add(Skills[random.Below(2)], 1) : ImmutableDictionary<string, int>.Empty,
        DropLanguage = random.Below(3) == 0,
        AddQueues = random.Below(2) == 0 ? [Queues[random.Below(Queues.Length)]] : [],
    };

    private static AgentSettings Agent(SeededRandom random, string id) => new()
    {
        Id = id,
        Queues = [.. Queues.Where(_ => random.Below(3) > 0)],
        Skills = ImmutableDictionary.CreateRange(Skills.Where(_ => random.Below(3) > 0).Select(skill => KeyValuePair.Create(skill, 1 + random.Below(5)))),
        Languages = random.Below(2) == 0 ? [] : [Languages[random.Below(2)]],
        Accounts = random.Below(4) > 0 ? [] : [Accounts[random.Below(3)].Account],
        Channels = random.Below(3) > 0 ? ImmutableDictionary<string, int>.Empty : ImmutableDictionary<string, int>.Empty.Add("chat", 1 + random.Below(3)).Add("email", random.Below(3)),
        Capacity = 1 + random.Below(4),
    };

    private static AgentSettings General() => new()
    {
        Id = Generalist,
        Queues = [.. Queues],
        Skills = ImmutableDictionary.CreateRange(Skills.Select(skill => KeyValuePair.Create(skill, 5))),
        Capacity = 3,
    };

    private static IEnumerable<RuleSettings> Rules(SeededRandom random)
    {
        for (var number = 0; number < 4; number++)
        {
            yield return new()
            {
                Name = $"rule-{number}",
                When = [new() { Attribute = "purpose", Values = [$"purpose-{number}"] }],
                Queue = Queues[random.Below(Queues.Length)],
                Skills = random.Below(2) == 0 ? ImmutableDictionary<string, int>.Empty : ImmutableDictionary<string, int>.Empty.Add(Skills[random.Below(2)], 1 + random.Below(4)),
                RequireLanguage = random.Below(3) == 0,
                Class = random.Below(10),
                Boost = random.Below(3),
                CreditSeconds = random.Below(3) * 60,
            };
        }
    }

    private static ImmutableDictionary<string, ImmutableArray<string>> Week() => ImmutableDictionary.CreateRange(
        new[] { "monday", "tuesday", "wednesday" }.Select(day => KeyValuePair.Create(day, ImmutableArray.Create("09:00-09:20", "09:30-10:00", "10:15-12:00", "12:10-24:00"))));
}
