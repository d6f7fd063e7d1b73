using System.Diagnostics;
using RoutingGrid.Journal;

namespace RoutingGrid.Bench.Journal;

/// <summary>Something that a writer appends, one after the other.</summary>
internal interface IMix
{
    /// <summary>The next append; the one before was committed.</summary>
    Append Next();

    /// <summary>Whether the append that <see cref="Next"/> gave last ends a case life.</summary>
    bool EndsLife { get; }
}

/// <summary>Writers that each wait for their append before the next one.</summary>
internal sealed class Load(IJournal journal, Func<int, IMix> mix, int writers)
{
    private readonly IMix[] _mixes = [.. Enumerable.Range(0, writers).Select(mix)];

    internal long EventsEver { get; private set; }

    internal async Task<Measured> Run(TimeSpan duration, CancellationToken cancel)
    {
        var allocated = GC.GetTotalAllocatedBytes();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var start = Stopwatch.GetTimestamp();
        var end = start + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var tallies = await Task.WhenAll(_mixes.Select(mix => Task.Run(() => Write(mix, end, cancel), cancel)));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var events = tallies.Sum(tally => tally.Events);
        EventsEver += events;
        var latencies = tallies.SelectMany(tally => tally.Latencies).Order().ToArray();
        return new Measured(
            seconds, events, tallies.Sum(tally => tally.Appends), tallies.Sum(tally => tally.Lives), latencies,
            GC.GetTotalAllocatedBytes() - allocated, (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds);
    }

    private async Task<Tally> Write(IMix mix, long end, CancellationToken cancel)
    {
        var tally = new Tally();
        for (var now = Stopwatch.GetTimestamp(); now < end;)
        {
            var append = mix.Next();
            var result = await journal.Append(append, cancel);
            if (result is not AppendResult.Committed) throw new InvalidOperationException($"An append of the bench was refused: {result}");
            var then = Stopwatch.GetTimestamp();
            tally.Add(append, mix.EndsLife, then - now);
            now = then;
        }
        return tally;
    }

    private sealed class Tally
    {
        internal long Appends { get; private set; }
        internal long Events { get; private set; }
        internal long Lives { get; private set; }
        internal List<long> Latencies { get; } = [];

        internal void Add(Append append, bool endsLife, long ticks)
        {
            // One of 16 is enough for percentiles, and keeps the measuring small.
            if ((Appends++ & 15) == 0) Latencies.Add(ticks);
            foreach (var stream in append.Streams) Events += stream.Events.Length;
            if (endsLife) Lives++;
        }
    }
}

internal sealed record Measured(double Seconds, long Events, long Appends, long Lives, long[] Latencies, long AllocatedBytes, double CpuSeconds)
{
    internal double Percentile(double share) =>
        Latencies.Length == 0 ? 0 : Latencies[Math.Min(Latencies.Length - 1, (int)(share * Latencies.Length))] * 1000.0 / Stopwatch.Frequency;
}
