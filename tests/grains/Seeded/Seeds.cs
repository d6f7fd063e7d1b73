using System.Collections.Concurrent;
using System.Globalization;
using RoutingGrid.Journal.Audit;

namespace RoutingGrid.Grains.Tests.Seeded;

/// <summary>Runs centers from many seeds. <c>ROUTINGGRID_SEEDS=5000</c> runs so many, <c>ROUTINGGRID_SEED=42</c> one.</summary>
internal static class Seeds
{
    public static void All(int usual, Type test, Func<ulong, SeededCenter> make, Func<SeededCenter, Task<IReadOnlyList<Violation>>> run)
    {
        var failures = new ConcurrentDictionary<ulong, string>();
        Parallel.ForEach(Of(usual), seed =>
        {
            if (SeedReport.Of(seed, test, () => make(seed), run) is { } report) failures[seed] = report;
        });
        if (failures.IsEmpty) return;
        Assert.Fail($"{failures.Count} seeds fail: {string.Join(' ', failures.Keys.Order().Take(20))}\n{failures[failures.Keys.Min()]}");
    }

    private static IEnumerable<ulong> Of(int usual)
    {
        if (Environment.GetEnvironmentVariable("ROUTINGGRID_SEED") is { Length: > 0 } one) return [ulong.Parse(one, CultureInfo.InvariantCulture)];
        var count = Environment.GetEnvironmentVariable("ROUTINGGRID_SEEDS") is { Length: > 0 } many ? int.Parse(many, CultureInfo.InvariantCulture) : usual;
        return Enumerable.Range(1, count).Select(seed => (ulong)seed);
    }
}
