using System.Collections.Immutable;
using RoutingGrid.Simulation.Scenarios;

namespace RoutingGrid.Simulation.Tests.Scenarios;

/// <summary>Samplers against the distributions that they promise.</summary>
public sealed class DistributionTests
{
    private const int Count = 20_000;

    // The Kolmogorov-Smirnov statistic of a right sampler is above this in one seed of a thousand.
    private static readonly double Critical = 1.95 / Math.Sqrt(Count);

    public static TheoryData<string> Names => [.. Cases.Keys];

    private static Dictionary<string, (Distribution Distribution, Func<double, double> Cdf)> Cases { get; } = new()
    {
        ["exponential"] = (new Distribution.Exponential(180), x => 1 - Math.Exp(-x / 180)),
        ["lognormal"] = (new Distribution.LogNormal(200, 150), x => LogNormal(x, 200, 150)),
        ["skewed lognormal"] = (new Distribution.LogNormal(10, 30), x => LogNormal(x, 10, 30)),
        ["gamma"] = (new Distribution.Gamma(2.5, 40), x => IncompleteGamma(2.5, x / 40)),
        ["gamma with a shape below one"] = (new Distribution.Gamma(0.4, 100), x => IncompleteGamma(0.4, x / 100)),
        ["gamma with a large shape"] = (new Distribution.Gamma(100, 0.01), x => IncompleteGamma(100, x / 0.01)),
        ["erlang"] = (new Distribution.Erlang(3, 90), x => IncompleteGamma(3, x / 30)),
        ["erlang of one stage"] = (new Distribution.Erlang(1, 90), x => 1 - Math.Exp(-x / 90)),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Draws_have_the_mean_the_variance_and_the_shape(string name)
    {
        var (distribution, cdf) = Cases[name];
        foreach (var seed in new ulong[] { 1, 2, 3 })
        {
            var draws = Draw(distribution, seed);
            var mean = draws.Average();
            var deviations = draws.Select(draw => (draw - distribution.Mean) * (draw - distribution.Mean)).ToList();
            var variance = deviations.Average();
            Assert.InRange(mean, distribution.Mean - (4 * Error(distribution.Variance)), distribution.Mean + (4 * Error(distribution.Variance)));
            var spread = 5 * Error(deviations.Average(deviation => (deviation - variance) * (deviation - variance)));
            Assert.InRange(variance, distribution.Variance - spread, distribution.Variance + spread);
            Assert.InRange(KolmogorovSmirnov(draws, cdf), 0, Critical);
        }
    }

    [Fact]
    public void The_test_itself_tells_near_distributions_apart() =>
        Assert.True(KolmogorovSmirnov(Draw(new Distribution.Gamma(2.5, 40), 1), x => IncompleteGamma(2.8, x / (100 / 2.8))) > Critical);

    [Fact]
    public void A_constant_is_constant_and_values_are_drawn_evenly()
    {
        Assert.All(Draw(new Distribution.Deterministic(7), 1), draw => Assert.Equal(7, draw));
        var counts = Draw(new Distribution.Empirical([1, 2, 4, 8]), 1).CountBy(draw => draw).ToDictionary();
        Assert.Equal([1, 2, 4, 8], counts.Keys.Order());
        Assert.All(counts.Values, count => Assert.InRange(count, 4_750, 5_250));
        Assert.Equal((3.75, 7.1875), (new Distribution.Empirical([1, 2, 4, 8]).Mean, new Distribution.Empirical([1, 2, 4, 8]).Variance));
    }

    private static List<double> Draw(Distribution distribution, ulong seed)
    {
        var key = DrawStream.Key("calls");
        return [.. Enumerable.Range(0, Count).Select(i =>
        {
            var draws = new DrawStream(seed, key, i, DrawFor.Service);
            return distribution.Draw(ref draws);
        })];
    }

    private static double Error(double variance) => Math.Sqrt(variance / Count);

    private static double KolmogorovSmirnov(List<double> draws, Func<double, double> cdf)
    {
        var sorted = draws.Order().ToImmutableArray();
        return sorted.Select((x, i) => Math.Max(Math.Abs(cdf(x) - (i / (double)Count)), Math.Abs(((i + 1) / (double)Count) - cdf(x)))).Max();
    }

    private static double LogNormal(double x, double mean, double deviation)
    {
        var sigma = Math.Sqrt(Math.Log(1 + (deviation * deviation / mean / mean)));
        var z = (Math.Log(x / mean) + (sigma * sigma / 2)) / sigma;
        return 0.5 * (1 + (Math.Sign(z) * IncompleteGamma(0.5, z * z / 2)));
    }

    /// <summary>The regularized lower incomplete gamma function by its series (NIST Digital Library of Mathematical Functions, 8.7.1),
    /// all of whose terms are positive.</summary>
    private static double IncompleteGamma(double a, double x)
    {
        if (x <= 0) return 0;
        var term = Math.Exp((a * Math.Log(x)) - x - LogGamma(a + 1));
        var sum = term;
        for (var n = 1; term > 1e-15 * sum || n < x; n++) sum += term *= x / (a + n);
        return Math.Min(1, sum);
    }

    /// <summary>By Stirling's series (DLMF 5.11.1), far enough out.</summary>
    private static double LogGamma(double x)
    {
        var shift = 0.0;
        for (; x < 15; x++) shift -= Math.Log(x);
        return shift + ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + (1 / (12 * x)) - (1 / (360 * x * x * x)) + (1 / (1260 * Math.Pow(x, 5)));
    }
}
