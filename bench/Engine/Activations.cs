using System.Diagnostics;

namespace RoutingGrid.Bench.Engine;

/// <summary>What it costs to activate grains and to keep them.</summary>
internal static class Activations
{
    /// <summary>Activates grains by calling each once, from four loops.</summary>
    public static async Task<(double PerSecond, double BytesEach)> Measure(IGrainFactory grains, int count)
    {
        await Activate(grains, "warm ", count / 10);
        long before = LiveBytes();
        long begin = Stopwatch.GetTimestamp();
        await Activate(grains, "cold ", count);
        double perSecond = count / Stopwatch.GetElapsedTime(begin).TotalSeconds;
        return (perSecond, (LiveBytes() - before) / (double)count);
    }

    private static Task Activate(IGrainFactory grains, string prefix, int count) => Task.WhenAll(Enumerable.Range(0, 4).Select(loop => Task.Run(async () =>
    {
        for (int i = loop; i < count; i += 4)
        {
            await grains.GetGrain<IPingGrain>(prefix + i).Ping();
        }
    })));

    private static long LiveBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
