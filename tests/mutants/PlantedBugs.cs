using RoutingGrid.Mutants.Tests.Planting;
using RoutingGrid.Mutants.Tests.Bugs;

namespace RoutingGrid.Mutants.Tests;

// A class each, so that they run side by side.

public sealed class BugsOfAssigning(Greenhouse greenhouse)
{
    public static IEnumerable<TheoryDataRow<string>> Rows => Catalogue.Rows(Assigning.All);

    [Theory, MemberData(nameof(Rows))]
    public Task Is_noticed(string bug) => greenhouse.Plant(Catalogue.Named(bug));
}

public sealed class BugsOfAsking(Greenhouse greenhouse)
{
    public static IEnumerable<TheoryDataRow<string>> Rows => Catalogue.Rows(Asking.All);

    [Theory, MemberData(nameof(Rows))]
    public Task Is_noticed(string bug) => greenhouse.Plant(Catalogue.Named(bug));
}

public sealed class BugsOfWaiting(Greenhouse greenhouse)
{
    public static IEnumerable<TheoryDataRow<string>> Rows => Catalogue.Rows(Waiting.All);

    [Theory, MemberData(nameof(Rows))]
    public Task Is_noticed(string bug) => greenhouse.Plant(Catalogue.Named(bug));
}

/// <summary>What would notice a planted bug is silent where none is planted: the same programs, seeds and tests, with everything compiled
/// anew and unchanged.</summary>
public sealed class Control(Greenhouse greenhouse)
{
    public static TheoryData<string> Faults => [.. Seeds.Select(seeds => seeds.Faults).Distinct()];

    private static IEnumerable<Catcher.Seeds> Seeds => Catalogue.All.Select(mutation => mutation.Catcher).OfType<Catcher.Seeds>();

    [Theory, MemberData(nameof(Faults))]
    public Task Without_a_bug_no_seed_fails(string faults)
    {
        var most = Seeds.Where(seeds => seeds.Faults == faults).Max(seeds => seeds.Most);
        return greenhouse.PlantNothing(new Catcher.Seeds(faults, most, 0, ""));
    }

    [Fact]
    public async Task Without_a_bug_no_test_fails()
    {
        foreach (var test in Catalogue.All.Select(mutation => mutation.Catcher).OfType<Catcher.Test>()) await greenhouse.PlantNothing(test);
    }

    /// <summary>Where each layer holds by itself, what is noticed is the bug that comes with their absence.</summary>
    [Fact]
    public Task Taking_away_what_hides_overlapping_passes_bursts_and_second_routers_is_not_what_is_noticed() =>
        greenhouse.PlantNothing(new Catcher.Seeds("none", 20, 0, ""), Layers.CaseCountsOffers, Layers.AgentCountsUnits);

    [Fact]
    public void Every_mutation_fits_the_sources_as_they_are()
    {
        foreach (var mutation in Catalogue.All)
        {
            foreach (var changes in mutation.Changes.GroupBy(change => change.File))
            {
                if (!File.Exists(Repository.At(changes.Key))) throw PatchException.NoFile(changes.Key);
                changes.Aggregate(File.ReadAllText(Repository.At(changes.Key)), (source, change) => change.Apply(source));
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("the old text, and the old text")]
    public void A_mutation_that_does_not_fit_says_where_and_what(string source)
    {
        var error = Assert.Throws<PatchException>(() => new Change("routing/Some.cs", "the old text", "another").Apply(source));
        Assert.StartsWith("routing/Some.cs: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("the old text", error.Message, StringComparison.Ordinal);
    }
}
