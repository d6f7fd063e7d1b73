using System.Collections.Concurrent;
using RoutingGrid.Simulation.Tests.Faults;

namespace RoutingGrid.Simulation.Tests.Seeds;

/// <summary>The share of seeds that every run of the tests has.</summary>
internal static class SeedAssert
{
    public static void Keep(int count, Store store, FaultKinds faults, Upkeep upkeep = Upkeep.None)
    {
        var failures = new ConcurrentDictionary<ulong, SeedOutcome>();
        Parallel.For(1, count + 1, number =>
        {
            var outcome = SeedOutcome.Of(new SeedSpec((ulong)number, store, faults, upkeep));
            if (outcome.Report is not null) failures[outcome.Spec.Seed] = outcome;
        });
        if (failures.IsEmpty) return;
        Assert.Fail($"{failures.Count} of {count} seeds fail: {string.Join(' ', failures.Keys.Order().Take(20))}\n{failures[failures.Keys.Min()].Report}");
    }
}
