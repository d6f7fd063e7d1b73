using RoutingGrid.Engine.Simulation;
using RoutingGrid.Grains.Tests.Seeded;

namespace RoutingGrid.Grains.Tests;

/// <summary>The process dies in the midst of its work, and another one goes on from the journal.</summary>
public sealed class RestartTests
{
    /// <summary>A second of darkness comes on top of what is always tolerated.</summary>
    private static readonly TimeSpan Tolerance = SeededCenter.Tolerance + TimeSpan.FromSeconds(2);

    [Fact]
    public void Nothing_is_lost_every_offer_ends_and_all_work_comes_back() => Seeds.All(25, typeof(RestartTests), seed => new SeededCenter(seed), center =>
    {
        var random = new SeededRandom(center.Seed + 1_000_000);
        for (var crash = 0; crash < 4; crash++) center.RunAndCrash(200 + random.Below(6000));
        return center.Run(Tolerance);
    });
}
