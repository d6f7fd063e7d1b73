using System.Collections.Immutable;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Simulation.Scenarios.Reading;

/// <summary>Makes of types and groups what a workspace leaves open.</summary>
internal static class WorkspaceBuilder
{
    private const int OfferTimeoutSeconds = 20;

    public static WorkspaceConfiguration Read(JsonPart part)
    {
        if (part.IsObject && part.Value.TryGetProperty("agents", out _)) part.Errors.Add($"{part.Path}.agents", "has no meaning here.", "The groups say who is there: leave it out.");
        return RecordReader.Read<WorkspaceConfiguration>(part);
    }

    public static WorkspaceConfiguration Complete(
        WorkspaceConfiguration partial, ImmutableArray<ContactType> types, ImmutableArray<StaffGroup> groups, Preferences preferences, ImmutableArray<QueueLimit> limits)
    {
        var channels = Extend(partial.Channels, types.Select(type => type.Channel), channel => channel.Name,
            name => new ChannelSettings { Name = name, OfferTimeoutSeconds = OfferTimeoutSeconds });
        var ownRules = partial.Rules.IsEmpty;
        var queues = ownRules || partial.Queues.IsEmpty
            ? Extend(partial.Queues, types.Select(type => type.Queue), queue => queue.Name, name => QueueOf(name, types, groups))
            : partial.Queues;
        return partial with
        {
            Channels = channels,
            Accounts = AddAccounts(partial.Accounts, channels),
            Activities = Extend(partial.Activities, [Activities.WrapUp, Activities.Break, Activities.Leaving], activity => activity.Name, name => new ActivitySettings { Name = name }),
            Queues = queues,
            Skills = ownRules ? Extend(partial.Skills, types.Select(type => type.Name), skill => skill.Name, name => new SkillSettings { Name = name, Levels = 100 }) : partial.Skills,
            Rules = ownRules ? [.. types.Select((type, i) => RuleOf(type, preferences, i))] : partial.Rules,
            DefaultQueue = partial.DefaultQueue ?? queues[0].Name,
            ClosingReasons = partial.ClosingReasons.IsEmpty || limits.IsEmpty || partial.ClosingReasons.Contains(ScenarioWorkspace.QueueFull)
                ? partial.ClosingReasons
                : partial.ClosingReasons.Add(ScenarioWorkspace.QueueFull),
            Presence = partial.Presence == new PresenceSettings()
                ? new PresenceSettings { DisconnectAfterSeconds = 0, IdleTimeoutSeconds = 0, AbsoluteTimeoutSeconds = 0 }
                : partial.Presence,
        };
    }

    /// <summary>Production's own checks, of the workspace with one agent of each group.</summary>
    public static void Check(Scenario scenario, JsonPart root)
    {
        Report(ConfigurationValidator.Validate(scenario.Workspace), root.Errors);
        if (root.Errors.Count > 0) return;
        var agents = ScenarioWorkspace.Templates(scenario).Select(template => template.Agent).ToImmutableArray();
        Report(ConfigurationValidator.Validate(scenario.Workspace with { Agents = agents }), root.Errors);
        var queues = scenario.Workspace.Queues.Select(queue => queue.Name).ToList();
        for (var i = 0; i < scenario.Limits.Length; i++)
            if (scenario.Limits[i].Queue is { } queue && !queues.Contains(queue))
                root.Errors.Add($"limits[{i}].queue", $"is \"{queue}\", which is no queue.{Suggestion.For(queue, queues)}", $"There are {string.Join(", ", queues)}.");
        foreach (var taken in scenario.Workspace.Activities.Where(activity => activity.Available && activity.Name is Activities.WrapUp or Activities.Break or Activities.Leaving))
            root.Errors.Add("workspace.activities", $"has \"{taken.Name}\", which takes work.", "Simulated agents enter it when they take none: make it unavailable, or rename it.");
    }

    private static void Report(ImmutableArray<ConfigurationError> found, ScenarioErrors errors)
    {
        foreach (var error in found)
            errors.Add(error.Path.StartsWith("agents[", StringComparison.Ordinal) ? $"groups{error.Path["agents".Length..]}" : $"workspace.{error.Path}", error.Message, "");
    }

    private static ImmutableArray<T> Extend<T>(ImmutableArray<T> given, IEnumerable<string> names, Func<T, string> nameOf, Func<string, T> make)
    {
        var known = given.Select(nameOf).ToHashSet();
        return [.. given, .. names.Where(known.Add).Select(make)];
    }

    private static ImmutableArray<AccountSettings> AddAccounts(ImmutableArray<AccountSettings> given, ImmutableArray<ChannelSettings> channels) =>
        [.. given, .. channels.Where(channel => given.All(account => account.Channel != channel.Name)).Select(channel => new AccountSettings { Id = channel.Name, Channel = channel.Name })];

    /// <summary>Who knows the type best gets it, then who is least loaded, then who is idle longest.</summary>
    private static QueueSettings QueueOf(string name, ImmutableArray<ContactType> types, ImmutableArray<StaffGroup> groups)
    {
        var served = types.Where(type => type.Queue == name).Select(type => type.Name).ToHashSet();
        return new QueueSettings
        {
            Name = name,
            Strategy = RoutingStrategy.BestSkill,
            AutoAssign = !groups.Any(group => group.IsAsked && group.Serves.Any(type => served.Contains(type.Type))),
            OfferTimeoutSeconds = OfferTimeoutSeconds,
            ReopenSeconds = 0,
        };
    }

    // Less than one, so that classes come first.
    private static RuleSettings RuleOf(ContactType type, Preferences preferences, int index) => new()
    {
        Name = type.Name,
        When = [new ConditionSettings { Attribute = "attributes.type", Values = [type.Name] }],
        Queue = type.Queue,
        Skills = ImmutableDictionary.CreateRange([KeyValuePair.Create(type.Name, 1)]),
        RequireLanguage = type.Language is not null,
        Class = type.Class,
        Boost = preferences.Ranks[index] / (preferences.Ranks.Max() + 1.0),
    };
}
