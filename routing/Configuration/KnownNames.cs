using System.Collections.Immutable;

namespace RoutingGrid.Routing.Configuration;

/// <summary>What the parts of a configuration may refer to.</summary>
internal sealed class KnownNames
{
    public KnownNames(WorkspaceConfiguration configuration)
    {
        Channels = Names(configuration.Channels, c => c.Name);
        Accounts = Names(configuration.Accounts, a => a.Id);
        Queues = Names(configuration.Queues, q => q.Name);
        Calendars = Names(configuration.Calendars, c => c.Name);
        SkillNames = Names(configuration.Skills, s => s.Name);
        foreach (var (_, skill) in ErrorList.Each("", configuration.Skills))
            if (skill.Name is not null) Skills.TryAdd(skill.Name, skill.Levels);
        foreach (var (_, activity) in ErrorList.Each("", configuration.Activities))
            if (activity.Name is not null) Activities.TryAdd(activity.Name, activity.Available);
    }

    public IReadOnlySet<string> Channels { get; }
    public IReadOnlySet<string> Accounts { get; }
    public IReadOnlySet<string> Queues { get; }
    public IReadOnlySet<string> Calendars { get; }
    public IReadOnlySet<string> SkillNames { get; }

    /// <summary>Skill → highest level.</summary>
    public Dictionary<string, int> Skills { get; } = [];

    /// <summary>Activity → whether it takes work.</summary>
    public Dictionary<string, bool> Activities { get; } = [];

    private static HashSet<string> Names<T>(ImmutableArray<T> list, Func<T, string?> name) =>
        [.. ErrorList.Each("", list).Select(e => name(e.Item)).OfType<string>()];
}
