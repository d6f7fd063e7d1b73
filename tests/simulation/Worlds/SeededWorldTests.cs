using RoutingGrid.Journal;
using RoutingGrid.Simulation.Tests.Faults;
using RoutingGrid.Simulation.Tests.Seeds;

namespace RoutingGrid.Simulation.Tests.Worlds;

/// <summary>Whole centers at random: everything comes to an end, and the journal shows nothing that must never be.</summary>
public sealed class SeededWorldTests
{
    [Fact]
    public void Whatever_people_do_every_case_comes_to_an_end_and_no_promise_is_broken() => SeedAssert.Keep(60, Store.Memory, FaultKinds.None);

    [Theory]
    [InlineData("Memory")]
    [InlineData("Sqlite")]
    public void The_same_seed_is_the_same_run(string store)
    {
        var spec = new SeedSpec(3, Enum.Parse<Store>(store), FaultKinds.Crash);
        Assert.Equal(Hash(spec), Hash(spec));
        Assert.NotEqual(Hash(spec), Hash(spec with { Seed = 4 }));
    }

    private static string Hash(SeedSpec spec)
    {
        using var center = new SeededCenter(spec);
        center.Run();
        var hash = "";
        center.World.Run(async () => hash = await JournalHash.Of(center.World.Journal));
        return hash;
    }
}
