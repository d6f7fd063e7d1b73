using System.Diagnostics;

namespace RoutingGrid.Bench.Router;

/// <summary>Counts durations in buckets of three percent, so that millions of them cost nothing to keep.</summary>
internal sealed class Latencies
{
    private const double Step = 1.03;

    private readonly long[] _buckets = new long[1024];
    private long _count;

    public void Add(long ticks)
    {
        var nanoseconds = ticks * 1e9 / Stopwatch.Frequency;
        _buckets[Math.Clamp((int)Math.Log(Math.Max(1, nanoseconds), Step), 0, _buckets.Length - 1)]++;
        _count++;
    }

    public void Clear()
    {
        Array.Clear(_buckets);
        _count = 0;
    }

    /// <summary>The upper bound of the bucket that holds this share of all, in microseconds.</summary>
    public double Microseconds(double share)
    {
        long seen = 0;
        for (var i = 0; i < _buckets.Length; i++)
            if ((seen += _buckets[i]) >= share * _count) return Math.Pow(Step, i + 1) / 1000;
        return 0;
    }
}
