using RoutingGrid.Simulation.Replay;

namespace RoutingGrid.Simulation.Tests.Replay;

public sealed class SeededDrawTests
{
    [Fact]
    public void Draws_are_uniform_and_independent_of_seed_line_and_purpose()
    {
        const int n = 100_000;
        var one = Draws(1, DrawPurpose.Patience);
        var others = new[] { Draws(1, DrawPurpose.Service), Draws(2, DrawPurpose.Patience), one.Skip(1).Append(one[0]).ToArray() };
        Assert.All(one, u => Assert.True(u is >= 0 and < 1));
        Assert.All(one.GroupBy(u => (int)(u * 10)), tenth => Assert.InRange(tenth.Count(), n / 10 - 500, n / 10 + 500));
        // Of independent uniform numbers the mean product is 1/4, here within about four standard errors.
        Assert.All(others, other => Assert.Equal(0.25, one.Zip(other, (a, b) => a * b).Average(), 0.003));

        static double[] Draws(ulong seed, DrawPurpose purpose) =>
            Enumerable.Range(1, n).Select(line => SeededDraw.Uniform(seed, line, purpose)).ToArray();
    }
}
