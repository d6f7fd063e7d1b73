using System.Collections.Immutable;

namespace RoutingGrid.Simulation.Scenarios;

/// <summary>Contacts that are alike: how many come, what they need, how long they wait.</summary>
public sealed record ContactType
{
    public required string Name { get; init; }
    public required string Channel { get; init; }

    /// <summary>The queue its own rule sends it to, where the workspace has no rules.</summary>
    public required string Queue { get; init; }

    /// <summary>For the workspace's rules; <c>attributes.type</c> is the name.</summary>
    public required ImmutableDictionary<string, string> Attributes { get; init; }
    public string? Language { get; init; }
    public string? Audience { get; init; }
    public string? Purpose { get; init; }
    public int Reach { get; init; }

    /// <summary>Priority class, 0 to 9; higher is served first.</summary>
    public int Class { get; init; }

    public required ArrivalProcess Arrivals { get; init; }

    /// <summary>How long an agent is on a contact that arrives in each period.</summary>
    public required ImmutableArray<Distribution> Service { get; init; }

    /// <summary>The wait after which who arrives in each period gives up; null: never.</summary>
    public ImmutableArray<Distribution>? Patience { get; init; }

    /// <summary>Served after at most this wait is served in time.</summary>
    public required TimeSpan Within { get; init; }
}

/// <summary>When contacts arrive.</summary>
public abstract record ArrivalProcess
{
    private ArrivalProcess() { }

    /// <summary>Independent of each other, at a rate per period.</summary>
    /// <param name="DayFactor">Drawn once per replication, it multiplies the rates; null: 1.</param>
    public sealed record Poisson(ImmutableArray<double> PerHour, Distribution? DayFactor) : ArrivalProcess;

    /// <summary>When they came once: since the start, in order.</summary>
    public sealed record Recorded(ImmutableArray<TimeSpan> Times) : ArrivalProcess;
}
