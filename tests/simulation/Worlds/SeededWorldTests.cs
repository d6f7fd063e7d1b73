using RoutingGrid.Journal;
using RoutingGrid.Simulation.Tests.Faults;
using RoutingGrid.Simulation.Tests.Seeds;

namespace RoutingGrid.Simulation.Tests.Worlds;

/// <summary>Whole centers at random: everything comes to an end, and the journal shows nothing that must never be.</summary>
public sealed class SeededWorldTests
{
    [Fact]
    public void Whatever_people_do_every_case_comes_to_an_end_and_no_promise_is_broken() => SeedAssert.Keep(60, Store.Memory, FaultKinds.None);

    [Fact]
    public void Whatever_goes_wrong_around_a_journal_in_memory() => SeedAssert.Keep(300, Store.Memory, FaultKinds.All);

    [Fact]
    public void Whatever_goes_wrong_around_a_journal_on_SQLite() => SeedAssert.Keep(100, Store.Sqlite, FaultKinds.All);

    [Fact]
    public void Whatever_goes_wrong_while_customers_are_erased_nothing_of_them_is_left() => SeedAssert.Keep(25, Store.Memory, FaultKinds.All, Upkeep.All);

    [Fact]
    public void Whatever_goes_wrong_while_customers_are_erased_and_cases_are_archived_nothing_is_lost_or_left() => SeedAssert.Keep(15, Store.Sqlite, FaultKinds.All, Upkeep.All);

    [Theory]
    [InlineData("Memory", "None")]
    [InlineData("Sqlite", "None")]
    [InlineData("Memory", "All")]
    [InlineData("Sqlite", "All")]
    public void The_same_seed_is_the_same_run(string store, string upkeep)
    {
        var spec = new SeedSpec(3, Enum.Parse<Store>(store), FaultKinds.All, Enum.Parse<Upkeep>(upkeep));
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
