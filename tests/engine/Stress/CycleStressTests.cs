using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Stress;

/// <summary>Long chains and circles: those that may be are never broken, and those that may not be always are.</summary>
public sealed class CycleStressTests : StressTest
{
    [Fact]
    public async Task Long_open_chains_come_back_again_and_again()
    {
        int chains = Load.Of(500);
        (TestEngine engine, Ledger ledger) = await Start();
        await using TestEngine running = engine;
        await Callers(4, async caller =>
        {
            for (int i = 0; i < chains; i++)
            {
                IRingGrain[] ring = Ring(engine, $"{caller} {i % 20}", 5);
                IRingGrain[] hops = [.. Enumerable.Range(1, 40).Select(hop => ring[hop % 5])];
                ledger.Check(await ring[0].ThroughOpenEverywhere(hops) == hops[^1].GetPrimaryKeyString(), "a chain ends where it should");
            }
        });
        Assert.Empty(ledger.Broken);
        AssertAtRest(engine);
    }

    [Fact]
    public async Task Circles_are_found_while_legal_chains_cross_everywhere()
    {
        int circles = Load.OfTimeouts(2_000);
        int chains = Load.Of(10_000);
        (TestEngine engine, Ledger ledger) = await Start(static options =>
        {
#if ORLEANS
            options.ResponseTimeout = TimeSpan.FromSeconds(4);
#endif
        });
        await using TestEngine running = engine;
        Task legal = Callers(4, async caller =>
        {
            var random = new Random(caller);
            for (int i = 0; i < chains; i++)
            {
                // Only from lower to higher numbers: much waiting, and never a circle.
                IRingGrain[] hops = [.. Enumerable.Range(0, 12).Where(_ => random.Next(2) == 0).Select(hop => engine.Grains.GetGrain<IRingGrain>($"legal {hop}"))];
                string answer = await engine.Grains.GetGrain<IRingGrain>($"start {random.Next(4)}").Through(hops);
                ledger.Check(hops.Length == 0 || answer == hops[^1].GetPrimaryKeyString(), "a legal chain ends where it should");
            }
        });
        await Callers(4, async caller =>
        {
            for (int i = 0; i < circles; i++)
            {
                IRingGrain[] ring = Ring(engine, $"circle {caller} {i}", 2 + (i % 5));
                TimeoutException error = await Assert.ThrowsAnyAsync<TimeoutException>(() => ring[0].Through([.. ring[1..], ring[0]]));
                AssertNamesAll(error, ring);
                if (i % 10 == 0)
                {
                    Assert.Equal(ring[0].GetPrimaryKeyString(), await ring[0].Name());
                }
            }
        });
        await legal;
        Assert.Empty(ledger.Broken);
        AssertAtRest(engine);
    }

    [Fact]
    public async Task Of_two_that_call_each_other_at_most_one_gives_way()
    {
        int pairs = Load.OfTimeouts(5_000);
        (TestEngine engine, _) = await Start(static options =>
        {
#if ORLEANS
            options.ResponseTimeout = TimeSpan.FromSeconds(4);
#endif
        });
        await using TestEngine running = engine;
        int circles = 0;
        await Callers(2, async caller =>
        {
            for (int i = 0; i < pairs; i++)
            {
                IRingGrain[] pair = Ring(engine, $"pair {caller} {i}", 2);
                engine.Probe.Signal($"{caller} {i} a");
                engine.Probe.Signal($"{caller} {i} b");
                Exception?[] errors = await Task.WhenAll(
                    Outcome(() => pair[0].HoldAndCall($"{caller} {i} a", pair[1])),
                    Outcome(() => pair[1].HoldAndCall($"{caller} {i} b", pair[0])));
                Assert.All(errors.OfType<Exception>(), static error => Assert.IsAssignableFrom<TimeoutException>(error));
                Interlocked.Add(ref circles, errors.OfType<Exception>().Count());
#if !ORLEANS
                Assert.All(errors.OfType<Exception>(), static error => Assert.IsType<GrainDeadlockException>(error));
                Assert.Contains(errors, static error => error is null);
#endif
            }
        });
        Assert.True(circles >= 0);
        AssertAtRest(engine);
    }

    private static Task<Exception?> Outcome(Func<Task> call) => Task.Run(async () => await Record.ExceptionAsync(call));

    private static IRingGrain[] Ring(TestEngine engine, string name, int length) =>
        [.. Enumerable.Range(0, length).Select(i => engine.Grains.GetGrain<IRingGrain>($"{name} {i}"))];

    private static void AssertNamesAll(TimeoutException error, IRingGrain[] ring)
    {
#if ORLEANS
        Assert.True(error is not null && ring.Length > 1);
#else
        string chain = Assert.IsType<GrainDeadlockException>(error).Chain;
        for (int i = 0; i < ring.Length; i++)
        {
            Assert.Contains($"{ring[i].GetGrainId()} → {ring[(i + 1) % ring.Length].GetGrainId()}.Through", chain, StringComparison.Ordinal);
        }
#endif
    }
}
