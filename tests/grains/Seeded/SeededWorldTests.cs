using Microsoft.Extensions.DependencyInjection;
using RoutingGrid.Journal;

namespace RoutingGrid.Grains.Tests.Seeded;

/// <summary>Whole centers at random: everything comes to an end, and the journal shows nothing that must never be.</summary>
public sealed class SeededWorldTests
{
    /// <summary>A lost hint is made good when the router and the clocks next compare their memory with the rows.</summary>
    private static readonly TimeSpan WithLosses = TimeSpan.FromSeconds(70);

    [Fact]
    public void Whatever_people_do_every_case_comes_to_an_end_and_no_promise_is_broken() =>
        Seeds.All(100, typeof(SeededWorldTests), seed => new SeededCenter(seed), center => center.Run());

    [Fact]
    public void Messages_that_nobody_waits_for_may_be_lost() => Seeds.All(
        10, typeof(SeededWorldTests),
        seed => new SeededCenter(seed, configure: services => services.AddSingleton<IIncomingGrainCallFilter>(new LostMessages(seed, percent: 3))),
        // A lost proposal keeps its case from everybody until it counts as lost, and others are served meanwhile: their order is not judged.
        async center => [.. (await center.Run(WithLosses)).Where(violation => violation.Invariant != 8)]);

    [Fact]
    public async Task The_same_seed_is_the_same_run()
    {
        Assert.Equal(await Hash(1), await Hash(1));
        Assert.NotEqual(await Hash(1), await Hash(2));
    }

    private static async Task<string> Hash(ulong seed)
    {
        using var center = new SeededCenter(seed);
        await center.Run();
        return await JournalHash.Of(center.World.Journal);
    }
}
