using System.Diagnostics;

namespace RoutingGrid.Bench.Engine;

/// <summary>Rates of calls.</summary>
internal static class Calls
{
    private const int Batch = 1_000;

    /// <summary>Calls per second from <paramref name="concurrency"/> loops outside grains, each to a grain of its own.</summary>
    public static Task<double> FromOutside(IGrainFactory grains, int concurrency, double seconds) => Rate(concurrency, seconds, async (loop, isOver) =>
    {
        var grain = grains.GetGrain<IPingGrain>("outside " + loop);
        long calls = 0;
        while (!isOver())
        {
            for (int i = 0; i < Batch; i++)
            {
                await grain.Ping();
            }

            calls += Batch;
        }

        return calls;
    });

    /// <summary>Calls per second that <paramref name="concurrency"/> grains make to one other grain each.</summary>
    public static Task<double> BetweenGrains(IGrainFactory grains, int concurrency, double seconds) => Rate(concurrency, seconds, async (loop, isOver) =>
    {
        var grain = grains.GetGrain<ICallerGrain>("pair " + loop);
        long calls = 0;
        while (!isOver())
        {
            await grain.Call(Batch);
            calls += Batch;
        }

        return calls;
    });

    /// <summary>Messages per second without an answer, from four loops to 64 grains each; every thousand waits for its grains once.</summary>
    public static Task<double> OneWay(IGrainFactory grains, double seconds) => Rate(4, seconds, async (loop, isOver) =>
    {
        IPingGrain[] targets = [.. Enumerable.Range(0, 64).Select(i => grains.GetGrain<IPingGrain>($"told {loop} {i}"))];
        long calls = 0;
        while (!isOver())
        {
            for (int i = 0; i < Batch; i++)
            {
                await targets[i % targets.Length].Tell();
            }

            await Task.WhenAll(targets.Select(target => target.Ping()));
            calls += Batch;
        }

        return calls;
    });

    /// <summary>Bytes allocated per call by one loop.</summary>
    public static async Task<double> AllocatedBytes(IGrainFactory grains)
    {
        const int Count = 200_000;
        var grain = grains.GetGrain<IPingGrain>("allocations");
        await grain.Ping();
        long before = GC.GetTotalAllocatedBytes(precise: true);
        for (int i = 0; i < Count; i++)
        {
            await grain.Ping();
        }

        return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Count;
    }

    private static async Task<double> Rate(int concurrency, double seconds, Func<int, Func<bool>, Task<long>> loop)
    {
        await Once(concurrency, seconds / 3, loop);
        return await Once(concurrency, seconds, loop);
    }

    private static async Task<double> Once(int concurrency, double seconds, Func<int, Func<bool>, Task<long>> loop)
    {
        long begin = Stopwatch.GetTimestamp();
        long[] calls = await Task.WhenAll(Enumerable.Range(0, concurrency).Select(
            number => Task.Run(() => loop(number, () => Stopwatch.GetElapsedTime(begin).TotalSeconds >= seconds))));
        return calls.Sum() / Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }
}
