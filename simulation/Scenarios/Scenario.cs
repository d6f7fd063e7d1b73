using System.Collections.Immutable;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Simulation.Scenarios.Reading;

namespace RoutingGrid.Simulation.Scenarios;

/// <summary>A day as an operations planner describes it: who writes or calls when, and who is there to serve them.</summary>
/// <remarks>After the last period nobody arrives any more; its agents stay until everybody has been served or has gone.</remarks>
public sealed record Scenario
{
    internal Scenario() { }

    public required string Name { get; init; }

    /// <summary>Local time, written with offset zero. Calendars of the workspace in time zone UTC mean the same clock.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>One after the other, the first from <see cref="Start"/>.</summary>
    public required ImmutableArray<Period> Periods { get; init; }

    /// <summary>Contacts that arrive, and time that passes, before this time since the start are in no figure.</summary>
    public required TimeSpan WarmUp { get; init; }

    public required ImmutableArray<ContactType> Types { get; init; }
    public required ImmutableArray<StaffGroup> Groups { get; init; }
    public ImmutableArray<QueueLimit> Limits { get; init; } = [];

    /// <summary>Complete but for the agents, which the groups make.</summary>
    public required WorkspaceConfiguration Workspace { get; init; }

    /// <summary>What of it routing does otherwise than somebody may expect, and what looks like an oversight.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>The end of the last period.</summary>
    public DateTimeOffset End => Start + Periods[^1].To;

    /// <summary>Reads a file. Files that it names are looked for beside it.</summary>
    /// <exception cref="ScenarioException">It is not a scenario; all that is wrong is said.</exception>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    public static Scenario Read(string path) => Parse(File.ReadAllText(path), Path.GetDirectoryName(Path.GetFullPath(path))!);

    /// <param name="json">The document; <c>docs/scenario.schema.json</c> describes it.</param>
    /// <param name="baseFolder">Where the files lie that it names.</param>
    /// <exception cref="ScenarioException">It is not a scenario; all that is wrong is said.</exception>
    public static Scenario Parse(string json, string baseFolder) => ScenarioReader.Parse(json, baseFolder);

    /// <summary>The same day with other numbers of agents: of these groups, by their place in <see cref="Groups"/>, for every period.</summary>
    public Scenario WithStaffing(IReadOnlyDictionary<int, ImmutableArray<int>> counts)
    {
        foreach (var (group, agents) in counts)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)group, (uint)Groups.Length, nameof(counts));
            if (agents.Length != Periods.Length) throw new ArgumentException($"{agents.Length} counts for {Periods.Length} periods.", nameof(counts));
            if (agents.Any(count => count is < 0 or > ScenarioLimits.AgentsOfGroup)) throw new ArgumentException($"A count is not from 0 to {ScenarioLimits.AgentsOfGroup}.", nameof(counts));
        }
        return this with { Groups = [.. Groups.Select((group, i) => counts.TryGetValue(i, out var agents) ? group with { Agents = agents } : group)] };
    }
}

/// <summary>A stretch of the day, since the start of the scenario.</summary>
public readonly record struct Period(TimeSpan From, TimeSpan To);

/// <summary>How many may wait, of one type or in one queue: who comes then and is not served at once is turned away.</summary>
/// <param name="Type">Null: the limit is the queue's.</param>
/// <param name="Queue">Null: the limit is the type's.</param>
public sealed record QueueLimit(string? Type, string? Queue, int Waiting);

/// <summary>How large a scenario may be. They keep out mistakes.</summary>
internal static class ScenarioLimits
{
    public const int Periods = 2_000;
    public const int Types = 200;
    public const int Groups = 200;
    public const int AgentsOfGroup = 10_000;
    public const int Name = 60;
    public const double PerHour = 1e6;
    public const double Seconds = 1e8;

    /// <summary>A period's, or what happens in it: a year.</summary>
    public const double Minutes = 366 * 24 * 60;

    /// <summary>Of the whole: ten years.</summary>
    public const double Days = 3660;
}
