using System.Collections.Concurrent;
using System.Globalization;
using RoutingGrid.Journal;

namespace RoutingGrid.Grains.Tests.Seeded;

/// <summary>Whole centers at random: everything comes to an end, and the journal shows nothing that must never be.</summary>
/// <remarks><c>ROUTINGGRID_SEEDS=5000</c> runs so many, <c>ROUTINGGRID_SEED=42</c> one.</remarks>
public sealed class SeededWorldTests
{
    private const int Usual = 120;

    [Fact]
    public void Whatever_people_do_every_case_comes_to_an_end_and_no_promise_is_broken()
    {
        var failures = new ConcurrentBag<(ulong Seed, string Report)>();
        Parallel.ForEach(Seeds(), seed =>
        {
            if (SeedReport.Of(seed) is { } report) failures.Add((seed, report));
        });
        if (failures.IsEmpty) return;
        Assert.Fail($"{failures.Count} seeds fail: {string.Join(' ', failures.Select(failure => failure.Seed).Order().Take(20))}\n{failures.MinBy(failure => failure.Seed).Report}");
    }

    [Fact]
    public async Task The_same_seed_is_the_same_run()
    {
        var seed = Seeds().First();
        Assert.Equal(await Hash(seed), await Hash(seed));
        Assert.NotEqual(await Hash(seed), await Hash(seed + 1));
    }

    private static async Task<string> Hash(ulong seed)
    {
        using var center = new SeededCenter(seed);
        await center.Run();
        return await JournalHash.Of(center.World.Journal);
    }

    private static IEnumerable<ulong> Seeds()
    {
        if (Environment.GetEnvironmentVariable("ROUTINGGRID_SEED") is { Length: > 0 } one) return [ulong.Parse(one, CultureInfo.InvariantCulture)];
        var count = Environment.GetEnvironmentVariable("ROUTINGGRID_SEEDS") is { Length: > 0 } many ? int.Parse(many, CultureInfo.InvariantCulture) : Usual;
        return Enumerable.Range(1, count).Select(seed => (ulong)seed);
    }
}
