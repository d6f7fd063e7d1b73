using RoutingGrid.Simulation.Outcomes;

namespace RoutingGrid.Simulation.Tests.Theory;

/// <summary>The judge is judged with figures drawn from a normal distribution, whose intervals are right.</summary>
public sealed class AgreementTests
{
    private const int Replications = 10;

    /// <summary>Of 100 intervals fewer than 87 hold the truth with probability 0.00046, and fewer than 88 with 0.0015; all with 0.0059.</summary>
    [Theory]
    [InlineData(10, 6, 10)]
    [InlineData(100, 87, 100)]
    [InlineData(1_000, 927, 970)]
    public void What_chance_allows(int intervals, int least, int most) => Assert.Equal((least, most), Agreement.Range(intervals, 0.002));

    [Fact]
    public void Right_figures_are_hardly_ever_objected_to()
    {
        var random = new Random(20261122);
        Assert.InRange(Enumerable.Range(0, 200).Count(_ => Agreement.Objections(Drawn(random, 0)).Any()), 0, 3);
    }

    /// <summary>Every figure off by two standard errors, which one interval alone would not prove.</summary>
    [Fact]
    public void Figures_that_are_all_a_little_off_are_objected_to()
    {
        var random = new Random(20261122);
        Assert.All(Enumerable.Range(0, 20), _ => Assert.NotEmpty(Agreement.Objections(Drawn(random, 2 / Math.Sqrt(Replications)))));
    }

    [Fact]
    public void One_figure_that_is_far_off_is_objected_to()
    {
        var random = new Random(20261122);
        var figures = Drawn(random, 0);
        figures[7] = Figure(random, 40 / Math.Sqrt(Replications));
        Assert.Contains("standard errors from theory", Assert.Single(Agreement.Objections(figures)), StringComparison.Ordinal);
    }

    private static List<Compared> Drawn(Random random, double off) => [.. Enumerable.Range(0, 100).Select(_ => Figure(random, off))];

    private static Compared Figure(Random random, double off)
    {
        var queue = new TheoryQueue { Model = "drawn", Agents = 1, Load = 0.5 };
        var drawn = Estimators.Of([.. Enumerable.Range(0, Replications).Select(_ => new Ratio(Normal(random), 1))]);
        return new Compared(queue, TheoryFigure.WaitOfAll, Main: true, off, drawn, Replications);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
