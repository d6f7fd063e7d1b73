using System.Collections.Immutable;
using RoutingGrid.Simulation.Outcomes;
using RoutingGrid.Simulation.Outcomes.Reports;
using RoutingGrid.Simulation.Scenarios;

namespace RoutingGrid.Simulation.Tests.Outcomes;

/// <summary>Replications whose figures are known, or drawn from a known distribution.</summary>
internal static class MadeUp
{
    public static readonly ImmutableArray<string> Morning = ["08:00", "08:30"];

    /// <summary>Two types and one group over two half hours; <paramref name="number"/> of them differ a little.</summary>
    public static Replication Day(int number, long served = 8, double wait = 10) => new()
    {
        Number = number,
        Seed = (ulong)number,
        JournalHash = "",
        VirtualSeconds = 3600,
        Types =
        [
            new TypeOutcome("calls", [Counts(10 + number, served, wait), Counts(20, served, wait)]),
            new TypeOutcome("emails", [Counts(10, 10, 5), default]),
        ],
        Groups = [new GroupOutcome("front", [new GroupUse(900, 1800), new GroupUse(1800 - number, 1800)])],
    };

    /// <summary>All but the blocked wait for <paramref name="wait"/> seconds each.</summary>
    public static ContactCounts Counts(long arrived, long served, double wait) => new()
    {
        Arrived = arrived,
        Served = served,
        Abandoned = arrived - served,
        ServedInTime = wait <= 20 ? served : 0,
        WaitOfServedSeconds = served * wait,
        WaitOfAllSeconds = arrived * wait,
        QueueSeconds = arrived * wait,
        ObservedSeconds = 1800,
    };

    public static Outcome Days(int count, long served = 8, double wait = 10) => Outcome.Of(Enumerable.Range(1, count).Select(number => Day(number, served, wait)));

    public static ImmutableArray<Ratio> Plain(params double[] values) => [.. values.Select(value => new Ratio(value, 1))];

    public static SimulationReport Report(Outcome first, Outcome? other = null, string name = "Morning") => new()
    {
        First = new ScenarioOutcome(name, Morning, first),
        Other = other is null ? null : new ScenarioOutcome("Variant", Morning, other),
        Comparison = other is null ? null : Comparison.Of(first, other),
        Seed = 7,
        Command = "dotnet run -c Release --project silo -- simulate morning.json --seed 7",
        WallSeconds = 1.25,
    };
}
