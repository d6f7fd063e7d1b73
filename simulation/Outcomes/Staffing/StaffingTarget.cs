using System.Collections.Immutable;
using System.Globalization;
using RoutingGrid.Simulation.Scenarios;

namespace RoutingGrid.Simulation.Outcomes.Staffing;

/// <summary>At least this share of all contacts that arrive in a period is served in time.</summary>
/// <param name="Share">Above 0, below 1.</param>
/// <param name="Seconds">In time, for every type; null: each type's own.</param>
public sealed record StaffingTarget(double Share, double? Seconds)
{
    /// <summary>The scenario with this target as that of its types.</summary>
    public Scenario On(Scenario scenario) => Seconds is { } within
        ? scenario with { Types = [.. scenario.Types.Select(type => type with { Within = TimeSpan.FromSeconds(within) })] }
        : scenario;

    /// <summary>"80 % served within 20 s".</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Share * 100:0.##} % served within {(Seconds is { } within ? $"{within:0.##} s" : "the target of their type")}");

    /// <summary>A period in which nobody arrived meets every target.</summary>
    public bool IsMet(double? serviceLevel) => serviceLevel is not { } level || level >= Share;
}

/// <summary>Agents of each group in each period.</summary>
public sealed class StaffingPlan(ImmutableArray<ImmutableArray<int>> groups) : IEquatable<StaffingPlan>
{
    public ImmutableArray<ImmutableArray<int>> Groups { get; } = groups;

    public int this[int group, int period] => Groups[group][period];

    public static StaffingPlan Of(Scenario scenario) => new([.. scenario.Groups.Select(group => group.Agents)]);

    public Scenario On(Scenario scenario) => scenario.WithStaffing(Groups.Index().ToDictionary(group => group.Index, group => group.Item));

    /// <summary>With so many more or fewer at each of these places; never fewer than none.</summary>
    public StaffingPlan With(IEnumerable<StaffingStep> steps)
    {
        int[][] agents = [.. Groups.Select(group => group.ToArray())];
        foreach (var step in steps) agents[step.Group][step.Period] = Math.Max(0, agents[step.Group][step.Period] + step.Agents);
        return new StaffingPlan([.. agents.Select(group => group.ToImmutableArray())]);
    }

    public int OfPeriod(int period) => Groups.Sum(group => group[period]);

    public bool Equals(StaffingPlan? other) => other is not null && Groups.Zip(other.Groups).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second.AsSpan()));

    public override bool Equals(object? obj) => Equals(obj as StaffingPlan);

    public override int GetHashCode() => Groups.SelectMany(group => group).Aggregate(17, HashCode.Combine);
}

/// <summary>So many more agents of a group in a period; fewer, where negative.</summary>
public readonly record struct StaffingStep(int Group, int Period, int Agents);
