namespace RoutingGrid.Simulation.Replay;

/// <summary>
/// What became of calls, counted exactly. Mean, percentile and share are over all calls: those who hung up waited until then, and
/// those who were served at once waited zero.
/// </summary>
internal sealed class WaitStatistics
{
    private readonly List<TimeSpan> _waits = [];
    private TimeSpan _sum;
    private int _waited;

    public int Calls => _waits.Count;

    public int Served { get; private set; }

    public int Abandoned => Calls - Served;

    /// <summary>The share of calls with a wait above zero.</summary>
    public double WaitedShare => Calls == 0 ? 0 : (double)_waited / Calls;

    public double MeanWaitSeconds => Calls == 0 ? 0 : _sum.TotalSeconds / Calls;

    public void Add(TimeSpan wait, bool served)
    {
        _waits.Add(wait);
        _sum += wait;
        if (wait > TimeSpan.Zero) _waited++;
        if (served) Served++;
    }

    /// <summary>The nearest-rank percentile: the smallest wait that at least this share of the calls did not exceed.</summary>
    /// <param name="share">Above 0 and up to 1.</param>
    public double PercentileSeconds(double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        if (Calls == 0) return 0;
        _waits.Sort();
        return _waits[(int)Math.Ceiling(share * Calls) - 1].TotalSeconds;
    }
}
