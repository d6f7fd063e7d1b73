using System.Collections.Immutable;
using RoutingGrid.Simulation.Outcomes.Staffing;

namespace RoutingGrid.Simulation.Outcomes.Reports;

/// <summary>A scenario that was run, with what it came to.</summary>
/// <param name="Periods">When each period begins, as people write it: "08:30", or "day 2, 08:30".</param>
public sealed record ScenarioOutcome(string Name, ImmutableArray<string> Periods, Outcome Outcome);

/// <summary>Everything that <c>simulate</c> has to tell; the text, the line of JSON, the CSV and the page are made of it.</summary>
public sealed record SimulationReport
{
    public required ScenarioOutcome First { get; init; }

    /// <summary>Run with the same random numbers; null where nothing is compared.</summary>
    public ScenarioOutcome? Other { get; init; }

    /// <summary>Null where nothing is compared.</summary>
    public Comparison? Comparison { get; init; }

    /// <summary>Null where no staffing was looked for; else <see cref="First"/> is what it came to.</summary>
    public StaffingReport? Staffing { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>What to type to get the same again.</summary>
    public required string Command { get; init; }

    /// <summary>How long it took whoever waited for it.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>Said under the figures.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    public int Replications => First.Outcome.Replications;
}

/// <summary>The staffing that was found.</summary>
/// <param name="Groups">Agents of each group in each period: [group][period].</param>
/// <param name="Runs">How many replications it took.</param>
public sealed record StaffingReport(StaffingTarget Target, ImmutableArray<ImmutableArray<int>> Groups, int Runs);
