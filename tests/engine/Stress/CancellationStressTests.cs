using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Stress;

/// <summary>Calls are cancelled before they are sent, while they wait, while they run and when they are over.</summary>
public sealed class CancellationStressTests : StressTest
{
    private const int Grains = 10;

    [Fact]
    public async Task Every_call_ends_once_cancelled_or_complete_and_nothing_is_kept()
    {
        int calls = Load.Of(20_000);
        int completed = 0;
        int cancelled = 0;
        (TestEngine engine, Ledger ledger) = await Start();
        await using TestEngine running = engine;
        const int Workers = 6;
        await Callers(Workers, async worker =>
        {
            var random = new Random(worker);
            for (int i = 0; i < calls; i++)
            {
                long task = ((long)worker * calls) + i + 1;
                if (await Call(engine, ledger, random, task))
                {
                    Interlocked.Increment(ref completed);
                }
                else
                {
                    Interlocked.Increment(ref cancelled);
                }
            }
        });
        Assert.Equal(Workers * calls, completed + cancelled);
        Assert.True(completed > 0 && cancelled > 0);
        for (int i = 0; i < 2 * Grains; i++)
        {
            // Comes after everything else, since calls of one grain do not interleave.
            (int started, int finished) = await engine.Grains.GetGrain<IHesitantGrain>($"{i}").Result();
            Assert.Equal(started, finished);
        }

        Assert.Empty(ledger.Broken);
        AssertAtRest(engine);
    }

    /// <summary>True if it completed, false if it was cancelled; anything else is thrown.</summary>
    private static async Task<bool> Call(TestEngine engine, Ledger ledger, Random random, long task)
    {
        // Only from lower to higher numbers, so that they never wait for each other.
        var grain = engine.Grains.GetGrain<IHesitantGrain>($"{random.Next(Grains)}");
        IHesitantGrain? other = random.Next(3) == 0 ? engine.Grains.GetGrain<IHesitantGrain>($"{Grains + random.Next(Grains)}") : null;
        using var cancellation = new CancellationTokenSource();
        int when = random.Next(6);
        int turns = when is 1 or 2 && random.Next(4) == 0 ? -1 : random.Next(4);
        if (when == 0)
        {
            cancellation.Cancel();
        }

        try
        {
            Task<long> call = grain.Do(task, turns, other, cancellation.Token);
            if (when == 2)
            {
                await Task.Yield();
            }

            if (when is 1 or 2)
            {
                cancellation.Cancel();
            }

            long answer = await call;
            ledger.Check(answer == task && ledger.WasDone(task), "a call that completes was done");
            return true;
        }
        catch (OperationCanceledException)
        {
            ledger.Check(cancellation.IsCancellationRequested, "only who cancels is cancelled");
            return false;
        }
    }
}
