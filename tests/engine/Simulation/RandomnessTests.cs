#if !ORLEANS
using RoutingGrid.Engine.Simulation;

namespace RoutingGrid.Engine.Tests.Simulation;

/// <summary>Seeded randomness is the same for ever: recorded runs depend on it.</summary>
public sealed class RandomnessTests
{
    [Fact]
    public void A_seed_always_gives_the_same_numbers()
    {
        var first = new SeededRandom(42);
        var second = new SeededRandom(42);
        Assert.Equal(Enumerable.Range(0, 100).Select(_ => first.NextInt64()), Enumerable.Range(0, 100).Select(_ => second.NextInt64()));
        Assert.NotEqual(new SeededRandom(1).NextBits(), new SeededRandom(2).NextBits());
    }

    [Fact]
    public void Numbers_stay_in_their_ranges_and_reach_all_of_it()
    {
        var random = new SeededRandom(7);
        Assert.Equal(Enumerable.Range(3, 5), Enumerable.Range(0, 1000).Select(_ => random.Next(3, 8)).Distinct().Order());
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.InRange(random.NextDouble(), 0, 0.9999999999999999));
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.InRange(random.Next(int.MinValue, int.MaxValue), int.MinValue, int.MaxValue - 1));
    }
}
#endif
