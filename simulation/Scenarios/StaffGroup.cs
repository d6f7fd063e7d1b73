using System.Collections.Immutable;

namespace RoutingGrid.Simulation.Scenarios;

/// <summary>Agents who are alike.</summary>
public sealed record StaffGroup
{
    public required string Name { get; init; }

    /// <summary>How many are there in each period. Who leaves at the end of one finishes what they hold.</summary>
    public required ImmutableArray<int> Agents { get; init; }

    public required ImmutableArray<ServedType> Serves { get; init; }

    /// <summary>Units of capacity.</summary>
    public int Capacity { get; init; } = 1;

    /// <summary>Channel → contacts at once. Empty: every channel, limited by <see cref="Capacity"/> alone.</summary>
    public ImmutableDictionary<string, int> Channels { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>More skills than those that follow from <see cref="Serves"/>, for the workspace's own rules.</summary>
    public ImmutableDictionary<string, int> Skills { get; init; } = ImmutableDictionary<string, int>.Empty;
    public ImmutableArray<string> Languages { get; init; } = [];

    /// <summary>More queues than those of the types served.</summary>
    public ImmutableArray<string> Queues { get; init; } = [];

    /// <summary>Time to accept an offer; null: contacts are taken at once, without being asked.</summary>
    public Distribution? Accept { get; init; }

    /// <summary>How likely an offer is let ring out.</summary>
    public double RingOutProbability { get; init; }

    /// <summary>How long an agent who let one ring out stays away.</summary>
    public Distribution RingOutPause { get; init; } = new Distribution.Deterministic(60);

    public double DeclineProbability { get; init; }
    public ImmutableArray<BreakPlan> Breaks { get; init; } = [];

    /// <summary>Work after each contact; null: none.</summary>
    public Distribution? WrapUp { get; init; }
    public WrapUpMode WrapUpMode { get; init; }

    /// <summary>Whether offers are asked for an answer.</summary>
    public bool IsAsked => Accept is not null || RingOutProbability > 0 || DeclineProbability > 0;
}

/// <summary>A type that a group serves, and how well: the higher the level, the more this type and these agents are preferred.</summary>
public sealed record ServedType(string Type, int Level);

/// <summary>What work after a contact takes of an agent.</summary>
public enum WrapUpMode
{
    /// <summary>The whole agent, who gets nothing new until it is done.</summary>
    Unavailable,

    /// <summary>The capacity of the contact, which is closed when it is done.</summary>
    Capacity,
}

/// <summary>When agents rest.</summary>
public abstract record BreakPlan
{
    private BreakPlan() { }

    /// <summary>Once in every shift.</summary>
    /// <param name="At">Since the shift began, for the first agent of the group.</param>
    /// <param name="Spread">So much later for the last; those between, evenly.</param>
    public sealed record Fixed(TimeSpan At, TimeSpan Spread, TimeSpan Length) : BreakPlan;

    /// <summary>Again and again: times between them, from the end of one to the next, and lengths, both in minutes.</summary>
    public sealed record Random(Distribution EveryMinutes, Distribution Minutes) : BreakPlan;
}
