namespace RoutingGrid.Simulation.Replay;

/// <summary>How long something lasted: until it happened, or at least so long (censored).</summary>
internal readonly record struct Observation(double Time, bool Happened);

/// <summary>
/// The product-limit estimate of a survival function from censored observations: E. L. Kaplan and P. Meier, "Nonparametric
/// Estimation from Incomplete Observations", Journal of the American Statistical Association 53 (1958), 457-481.
/// S(t) is the product, over the times of events up to t, of 1 - events / at risk. An observation censored at the time of an event
/// was still at risk in it (their convention for ties).
/// </summary>
internal sealed class KaplanMeier
{
    private readonly double[] _times;
    private readonly double[] _survival;

    /// <param name="observations">In any order.</param>
    public KaplanMeier(IEnumerable<Observation> observations)
    {
        var byTime = observations.GroupBy(o => o.Time).OrderBy(group => group.Key).ToList();
        var atRisk = byTime.Sum(group => group.Count());
        var (times, steps, survival) = (new List<double>(), new List<double>(), 1.0);
        foreach (var group in byTime)
        {
            var events = group.Count(o => o.Happened);
            if (events > 0)
            {
                survival *= (double)(atRisk - events) / atRisk;
                times.Add(group.Key);
                steps.Add(survival);
            }
            atRisk -= group.Count();
        }
        (_times, _survival) = (times.ToArray(), steps.ToArray());
    }

    /// <summary>The estimated probability to last longer than <paramref name="time"/>.</summary>
    public double Survival(double time)
    {
        var index = Array.BinarySearch(_times, time);
        var last = index >= 0 ? index : ~index - 1; // of the steps up to this time
        return last < 0 ? 1 : _survival[last];
    }

    /// <summary>
    /// A draw, by inversion, from the distribution of times given that they exceed <paramref name="longerThan"/>: the first time t with
    /// S(t) at most <paramref name="u"/> times S(<paramref name="longerThan"/>).
    /// </summary>
    /// <param name="longerThan">What the time is known to exceed.</param>
    /// <param name="u">Uniform in [0, 1).</param>
    /// <returns>
    /// A time of an event; null, meaning never, when the draw falls into the tail that the observations leave open. The estimate
    /// ends above zero whenever the longest observation is censored, and it says nothing about what lies behind.
    /// </returns>
    public double? DrawConditional(double longerThan, double u)
    {
        var level = u * Survival(longerThan);
        var (low, high) = (0, _times.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_survival[middle] <= level) high = middle;
            else low = middle + 1;
        }
        // At the end of an estimate that reaches zero the condition itself has probability zero.
        return low < _times.Length && _times[low] > longerThan ? _times[low] : null;
    }
}
