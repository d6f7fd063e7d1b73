using System.Collections.Immutable;

namespace RoutingGrid.Simulation.Tests.Theory;

/// <summary>
/// The simulator, with the grains that run in production, against queueing theory: Erlang B, C and A, rooms that fill, priorities (Cobham)
/// and handling times that are not exponential.
/// </summary>
public sealed class TheoryTests(SimulatedGrid grid, ITestOutputHelper output) : IClassFixture<SimulatedGrid>
{
    [Fact]
    public void The_simulation_agrees_with_theory()
    {
        var figures = Compare(queue => KnownFigures.Of(queue));
        foreach (var line in TheoryTable.Lines(figures)) output.WriteLine(line);
        Assert.Empty(Agreement.Objections(figures));
    }

    [Fact]
    public void It_does_not_agree_with_the_theory_of_handling_times_longer_by_three_percent() => Disagrees(queue => queue.Load < 1 / 1.03 || queue.IsStableWith(0) ? KnownFigures.Of(queue, handlingFactor: 1.03) : []);

    [Fact]
    public void It_does_not_agree_with_the_theory_of_one_agent_less() => Disagrees(queue => queue.IsStableWith(queue.Agents - 1) ? KnownFigures.Of(queue, agentsMissing: 1) : []);

    private void Disagrees(Func<TheoryQueue, ImmutableArray<Known>> wrong)
    {
        var objections = Agreement.Objections(Compare(wrong)).ToList();
        foreach (var objection in objections) output.WriteLine(objection);
        Assert.NotEmpty(objections);
    }

    private List<Compared> Compare(Func<TheoryQueue, ImmutableArray<Known>> theory) => [.. grid.Queues.SelectMany(queue => queue.Compare(theory))];
}
