namespace RoutingGrid.Simulation.Replay;

/// <summary>A stretch of the bank's local time, from <paramref name="Start"/> up to, not including, <paramref name="End"/>.</summary>
public readonly record struct Interval(DateTimeOffset Start, DateTimeOffset End)
{
    public TimeSpan Length => End - Start;

    /// <summary>How much of this stretch also lies in the other.</summary>
    public TimeSpan Overlap(Interval other)
    {
        var start = Start > other.Start ? Start : other.Start;
        var end = End < other.End ? End : other.End;
        return end > start ? end - start : TimeSpan.Zero;
    }
}
