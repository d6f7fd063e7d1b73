using RoutingGrid.Simulation.Replay;

namespace RoutingGrid.Simulation.Tests.Replay;

public sealed class KaplanMeierTests
{
    // Remission in weeks under 6-mercaptopurine, and those still in remission when last seen: Freireich et al., Blood 21 (1963), as
    // printed with its estimate in Cox and Oakes, "Analysis of Survival Data" (1984).
    private static readonly double[] Relapsed = [6, 6, 6, 7, 10, 13, 16, 22, 23];
    private static readonly double[] Censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35];

    private static readonly KaplanMeier Leukemia = new(
        Relapsed.Select(t => new Observation(t, true)).Concat(Censored.Select(t => new Observation(t, false))));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(5.99, 1)]
    [InlineData(6, 0.857)]
    [InlineData(7, 0.807)]
    [InlineData(9, 0.807)]
    [InlineData(10, 0.753)]
    [InlineData(13, 0.690)]
    [InlineData(16, 0.627)]
    [InlineData(22, 0.538)]
    [InlineData(23, 0.448)]
    [InlineData(1000, 0.448)]
    public void The_published_example_is_reproduced(double weeks, double survival) =>
        Assert.Equal(survival, Leukemia.Survival(weeks), 0.0005);

    [Fact]
    public void Without_censoring_it_is_the_share_that_lasts_longer()
    {
        var estimate = new KaplanMeier(new double[] { 3, 1, 4, 1, 5, 9, 2, 6 }.Select(t => new Observation(t, true)));
        Assert.Equal(1, estimate.Survival(0.5));
        Assert.Equal(6 / 8.0, estimate.Survival(1), 1e-12);
        Assert.Equal(3 / 8.0, estimate.Survival(4), 1e-12);
        Assert.Equal(0, estimate.Survival(9));
    }

    [Fact]
    public void Without_events_nothing_is_known_to_end()
    {
        var estimate = new KaplanMeier([new Observation(5, false)]);
        Assert.Equal(1, estimate.Survival(100));
        Assert.Null(estimate.DrawConditional(0, 0.999));
        Assert.Null(new KaplanMeier([]).DrawConditional(0, 0.5));
    }

    [Fact]
    public void Draws_have_the_conditional_distribution()
    {
        const int n = 100_000;
        const double known = 7;
        var draws = Enumerable.Range(0, n).Select(i => Leukemia.DrawConditional(known, (i + 0.5) / n)).ToList();
        foreach (var t in Relapsed.Where(t => t > known))
            Assert.Equal(
                Leukemia.Survival(t) / Leukemia.Survival(known), draws.Count(draw => draw is null || draw > t) / (double)n, 2.0 / n);
        Assert.All(draws, draw => Assert.True(draw is null || (draw > known && Relapsed.Contains(draw.Value))));
    }

    [Fact]
    public void A_draw_into_the_open_tail_is_never()
    {
        Assert.Equal(23, Leukemia.DrawConditional(0, 0.4482));
        Assert.Null(Leukemia.DrawConditional(0, 0.4481));
        Assert.Null(Leukemia.DrawConditional(23, 0.999));
    }

    [Fact]
    public void An_estimate_that_reaches_zero_always_ends()
    {
        var estimate = new KaplanMeier([new Observation(1, false), new Observation(2, true), new Observation(3, true)]);
        Assert.Equal(3, estimate.DrawConditional(0, 0));
        Assert.Equal(2, estimate.DrawConditional(1, 0.999));
        Assert.Null(estimate.DrawConditional(3, 0.5)); // a condition of probability zero
    }
}
