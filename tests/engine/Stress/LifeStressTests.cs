using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Stress;

/// <summary>Activations come and go in masses.</summary>
public sealed class LifeStressTests : StressTest
{
    [Fact]
    public async Task A_storm_of_grains_begins_each_once_and_all_answers_are_right()
    {
        int count = Load.Of(100_000);
        (TestEngine engine, Ledger ledger) = await Start();
        await using TestEngine running = engine;
        int[] sums = new int[count];
        await Callers(4, async caller =>
        {
            // Two go one way and two the other, so that first calls meet.
            for (int i = 0; i < count; i++)
            {
                int grain = caller % 2 == 0 ? i : count - 1 - i;
                int answer = await engine.Grains.GetGrain<IStormGrain>($"{grain}").Next();
                Interlocked.Add(ref sums[grain], answer);
            }
        });
        Assert.All(sums, static sum => Assert.Equal(1 + 2 + 3 + 4, sum));
        Assert.Equal(count, ledger.Begun);
        Assert.Equal(count, ledger.Living);
        await engine.Stop();
        Assert.Equal(count, ledger.Ended);
        Assert.Equal(0, ledger.Living);
        Assert.Empty(ledger.Broken);
    }

    [Fact]
    public async Task Idle_ones_are_all_collected_and_each_ends_once()
    {
        int count = Load.Of(100_000);
        (TestEngine engine, Ledger ledger) = await Start(static options =>
        {
            options.CollectionQuantum = TimeSpan.FromMilliseconds(500);
            options.CollectionAge = TimeSpan.FromSeconds(1);
        });
        await using TestEngine running = engine;
        await Callers(2, async caller =>
        {
            for (int i = caller; i < count; i += 2)
            {
                await engine.Grains.GetGrain<IStormGrain>($"{i}").Next();
            }
        });
        await ledger.AllEnded(count);
        Assert.Equal(count, ledger.Begun);
        Assert.Equal(0, ledger.Living);
        Assert.Empty(ledger.Broken);
        AssertAtRest(engine);
    }

    [Fact]
    public async Task No_call_is_lost_or_done_twice_while_grains_go_at_random()
    {
        int calls = Load.Of(50_000);
        (TestEngine engine, Ledger ledger) = await Start();
        await using TestEngine running = engine;
        long refused = 0;
        await Callers(8, async caller =>
        {
            var random = new Random(caller);
            for (int i = 0; i < calls; i++)
            {
                long task = ((long)caller * calls) + i;
                var grain = engine.Grains.GetGrain<IStormGrain>($"{random.Next(20)}");
                try
                {
                    await grain.Do(task, thenGo: random.Next(10) == 0, takeTime: random.Next(4) == 0);
                    ledger.Check(ledger.WasDone(task), "what was answered was done");
                }
                catch (OrleansMessageRejectionException)
                {
                    // Orleans passes a call on twice and then gives up.
                    Interlocked.Increment(ref refused);
                    ledger.Check(!ledger.WasDone(task), "what was refused was not done");
                }
            }
        });
#if !ORLEANS
        Assert.Equal(0, refused);
#endif
        await engine.Stop();
        Assert.Empty(ledger.Broken);
        Assert.Equal(ledger.Begun, ledger.Ended);
        Assert.Equal(0, ledger.Living);
        Assert.True(ledger.Begun > 20);
        AssertAtRest(engine);
    }
}
