using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Stress;

/// <summary>Much at once, with invariants: every call is answered once, and no two turns of an activation run together.</summary>
public sealed class StressTests(SharedEngine shared) : OnSharedEngine(shared)
{
#if ORLEANS
    private const int Scale = 1;
#else
    private const int Scale = 10;
#endif

    [Fact]
    public async Task One_grain_counts_right_under_many_callers()
    {
        const int Callers = 8;
        const int Calls = 2_000 * Scale;
        var grain = Grains.GetGrain<ICounterGrain>(Key());
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (int i = 0; i < Calls; i++)
            {
                await (caller % 2 == 0 ? grain.Count() : grain.CountSlowly());
            }
        })));
        Assert.Equal((Callers * Calls, 0), await grain.Result());
    }

    [Fact]
    public async Task A_reentrant_grain_interleaves_but_never_overlaps()
    {
        const int Callers = 8;
        const int Calls = 1_000 * Scale;
        var grain = Grains.GetGrain<IReentrantCounterGrain>(Key());
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < Calls; i++)
            {
                await grain.CountSlowly();
            }
        })));
        Assert.Equal((Callers * Calls, 0), await grain.Result());
    }

    [Fact]
    public async Task A_storm_of_activations_makes_each_grain_once()
    {
        const int Count = 2_000 * Scale;
        string key = Key();
        int[] answers = await Task.WhenAll(Enumerable.Range(0, Count * 2).Select(i => Task.Run(() => Grains.GetGrain<ICounterGrain>($"{key} {i / 2}").Next())));
        for (int i = 0; i < Count; i++)
        {
            Assert.Equal(3, answers[2 * i] + answers[(2 * i) + 1]);
        }
    }

    [Fact]
    public async Task Calls_while_grains_come_and_go_are_all_answered()
    {
        const int Calls = 1_000 * Scale;
        string key = Key();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            for (int i = 0; i < Calls; i++)
            {
                var grain = Grains.GetGrain<ICounterGrain>($"{key} {i % 5}");
                try
                {
                    await (i % 7 == caller ? grain.Go() : grain.CountSlowly());
                }
                catch (OrleansMessageRejectionException)
                {
                    // Orleans passes a call on twice and then gives up; the embedded engine never does.
                }
            }
        })));
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(0, (await Grains.GetGrain<ICounterGrain>($"{key} {i}").Result()).Overlaps);
        }
    }

    [Fact]
    public async Task Grains_that_call_grains_get_all_answers()
    {
        const int Rounds = 200 * Scale;
        string key = Key();
        int[] sums = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => Grains.GetGrain<ICounterGrain>($"{key} {i}").Gather(
            [.. Enumerable.Range(0, 4).Select(other => Grains.GetGrain<ICounterGrain>($"{key} leaf {other}"))], Rounds))));
        Assert.All(sums, sum => Assert.Equal(4 * Rounds, sum));
    }

    [Fact]
    public async Task One_way_messages_all_arrive()
    {
        const int Messages = 5_000 * Scale;
        var grain = Grains.GetGrain<ICounterGrain>(Key());
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < Messages; i++)
            {
                await grain.Tell(4 * Messages, Key() + " all");
            }
        })));
        await Probe.Signalled(Key() + " all");
        Assert.Equal((4 * Messages, 0), await grain.Result());
    }
}
