using System.Collections.Immutable;

namespace RoutingGrid.Routing.Analytics;

/// <summary>
/// Mean waits by priority class where a call in progress is never interrupted: a free agent takes the first call of the highest class that
/// waits. Nobody hangs up.
/// </summary>
/// <remarks>
/// Cobham 1954 (Priority assignment in waiting line problems, Operations Research 2, 70–76); for several agents also Kella and Yechiali 1985.
/// </remarks>
public static class Cobham
{
    /// <summary>Several agents, and every class with the same exponential handling time (M/M/n).</summary>
    /// <remarks>
    /// Class k waits (C·h/n) / ((1 − s(k−1))·(1 − s(k))), where C is the probability to find all agents busy (Erlang C) and s(k) the load
    /// per agent of the classes 1 to k. Over all calls that is Erlang C's mean wait: the order takes from one what it gives to another.
    /// </remarks>
    /// <param name="agents">From 1 to <see cref="ErlangB.MostAgents"/>.</param>
    /// <param name="handlingSeconds">Average handling time in seconds; above 0.</param>
    /// <param name="callsPerSecond">Mean arrivals per second by class, the highest class first; each above 0.</param>
    /// <returns>Mean wait in seconds by class, those that need not wait included.</returns>
    /// <exception cref="ArgumentException">There is no class.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="UnstableLoadException">The load of all classes together is not below the agents.</exception>
    public static ImmutableArray<double> MeanWaits(int agents, double handlingSeconds, params IReadOnlyList<double> callsPerSecond)
    {
        if (callsPerSecond.Count == 0) throw new ArgumentException("There must be at least one class.", nameof(callsPerSecond));
        foreach (var rate in callsPerSecond) Check.Positive(rate, nameof(callsPerSecond));
        var all = new ErlangC(new Traffic(callsPerSecond.Sum(), handlingSeconds), agents);
        return ByClass(agents, all.Waits * handlingSeconds, callsPerSecond.Select(rate => rate * handlingSeconds));
    }

    /// <summary>One agent, and each class with a handling time of its own, of any distribution (M/G/1).</summary>
    /// <remarks>
    /// Class k waits R / ((1 − s(k−1))·(1 − s(k))), where R = Σ λ·E(S²)/2 is the mean rest of the call in progress (Kleinrock 1976,
    /// Queueing Systems II, ch. 3).
    /// </remarks>
    /// <param name="classes">The highest class first.</param>
    /// <returns>Mean wait in seconds by class, those that need not wait included.</returns>
    /// <exception cref="ArgumentException">There is no class.</exception>
    /// <exception cref="UnstableLoadException">The load of all classes together is 1 Erlang or more.</exception>
    public static ImmutableArray<double> MeanWaits(params IReadOnlyList<PriorityClass> classes)
    {
        if (classes.Count == 0) throw new ArgumentException("There must be at least one class.", nameof(classes));
        var load = classes.Sum(each => each.OfferedLoad);
        if (load >= 1) throw new UnstableLoadException(load, 1);
        return ByClass(1, classes.Sum(each => each.CallsPerSecond * each.SecondMoment) / 2, classes.Select(each => each.OfferedLoad));
    }

    /// <param name="rest">Time until a free agent appears, times the agents: waited by whoever comes first in the line.</param>
    private static ImmutableArray<double> ByClass(int agents, double rest, IEnumerable<double> loads)
    {
        var waits = ImmutableArray.CreateBuilder<double>();
        var higher = 0d;
        foreach (var load in loads)
        {
            var andOwn = higher + load;
            waits.Add(rest * agents / ((agents - higher) * (agents - andOwn)));
            higher = andOwn;
        }
        return waits.ToImmutable();
    }
}
