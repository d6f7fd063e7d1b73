using System.Collections.Immutable;

namespace RoutingGrid.Simulation.Scenarios;

/// <summary>What one run of a scenario came to. Contacts that arrive during the warm-up, and time that passes in it, are in none of the figures.</summary>
public sealed record Replication
{
    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    /// <summary>Decides everything in this run; derived from the seed of all replications and <see cref="Number"/>.</summary>
    public required ulong Seed { get; init; }

    /// <summary>In the order of the scenario.</summary>
    public required ImmutableArray<TypeOutcome> Types { get; init; }

    /// <summary>In the order of the scenario.</summary>
    public required ImmutableArray<GroupOutcome> Groups { get; init; }

    /// <summary>The hash of everything that the journal holds at the end: equal for equal runs.</summary>
    public required string JournalHash { get; init; }

    public required double VirtualSeconds { get; init; }
}

/// <summary>What became of the contacts of one type, by the period in which they arrived.</summary>
public sealed record TypeOutcome(string Name, ImmutableArray<ContactCounts> Periods);

/// <summary>Contacts that arrived in one period, and the queue in it.</summary>
public readonly record struct ContactCounts
{
    public long Arrived { get; init; }
    public long Served { get; init; }
    public long Abandoned { get; init; }

    /// <summary>Turned away because the queue was full.</summary>
    public long Blocked { get; init; }

    /// <summary>Neither served nor gone when the run ended.</summary>
    public long Remaining { get; init; }

    /// <summary>Served after a wait of at most the type's target.</summary>
    public long ServedInTime { get; init; }

    /// <summary>The waits of those served, added up.</summary>
    public double WaitOfServedSeconds { get; init; }

    /// <summary>The waits of everybody who was not turned away, added up: until served, until gone, or until the run ended.</summary>
    public double WaitOfAllSeconds { get; init; }

    /// <summary>The number of waiting contacts of the type, integrated over <see cref="ObservedSeconds"/>.</summary>
    public double QueueSeconds { get; init; }

    /// <summary>How long the period is, without the part of it that is warm-up.</summary>
    public double ObservedSeconds { get; init; }
}

/// <summary>How busy the agents of one group were, by period.</summary>
public sealed record GroupOutcome(string Name, ImmutableArray<GroupUse> Periods);

/// <summary>Agent seconds of one group in one period; occupancy is the one divided by the other.</summary>
/// <param name="BusySeconds">Share of capacity in use, integrated over time and agents.</param>
/// <param name="StaffedSeconds">At work, breaks not counted, or finishing what they held when their time was over.</param>
public readonly record struct GroupUse(double BusySeconds, double StaffedSeconds);
