using RoutingGrid.Journal;
using RoutingGrid.Journal.Audit;
using RoutingGrid.Simulation.Scenarios;

namespace RoutingGrid.Simulation.Tests.Scenarios;

/// <summary>Every example of the repository through the real grains.</summary>
public sealed class ExampleScenarioTests(ITestOutputHelper output)
{
    public static TheoryData<string> Examples => [.. Directory.GetFiles(Folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    internal static string PathOf(string example) => Path.Combine(Folder, example + ".json");

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Scenarios", "Examples");

    [Theory]
    [MemberData(nameof(Examples))]
    public void Counts_are_those_of_the_journal_and_every_invariant_holds(string example)
    {
        var scenario = Scenario.Read(PathOf(example));
        IReadOnlyList<Violation> violations = [];
        var options = new RunOptions
        {
            CheckAgainstJournal = true,
            Inspect = journal => violations = JournalAudit.Of(journal, TimeSpan.Zero).GetAwaiter().GetResult().Violations,
        };
        var replication = ScenarioRunner.Run(scenario, 1, 42, options, cancel: TestContext.Current.CancellationToken);
        foreach (var type in replication.Types)
            foreach (var counts in type.Periods) output.WriteLine($"{type.Name}: {counts}");
        foreach (var group in replication.Groups)
            output.WriteLine($"{group.Name}: {string.Join(" ", group.Periods.Select(use => $"{use.BusySeconds / use.StaffedSeconds:P1}"))}");
        Assert.Empty(violations);
        Assert.Empty(scenario.Notes);
        Assert.All(replication.Types.SelectMany(type => type.Periods), counts =>
            Assert.Equal(counts.Arrived, counts.Served + counts.Abandoned + counts.Blocked + counts.Remaining));
        Assert.True(replication.Types.Sum(type => type.Periods.Sum(counts => counts.Served)) > 100);
    }
}
