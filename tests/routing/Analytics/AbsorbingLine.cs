using RoutingGrid.Routing.Analytics;

namespace RoutingGrid.Routing.Tests.Analytics;

/// <summary>
/// A caller's way through the line, step by step, by uniformization (Jensen 1953): a Poisson number of steps of a chain in which the caller
/// moves up, hangs up or is served. Knows nothing of the formulas that it checks.
/// </summary>
internal static class AbsorbingLine
{
    /// <param name="places">The share of calls that enter at place 1, 2, …</param>
    /// <returns>The shares served and abandoned by the time.</returns>
    public static (double Served, double Abandoned) Within(double[] places, double completions, double hangUps, double seconds)
    {
        var rate = completions + hangUps * places.Length;
        var (now, served, abandoned, mean) = ((double[])places.Clone(), 0d, 0d, rate * seconds);
        var (servedBy, abandonedBy) = (0d, 0d);
        var steps = (int)(mean + 12 * Math.Sqrt(mean) + 60);
        var logWeight = -mean;
        for (var step = 0; step <= steps; step++)
        {
            servedBy += Math.Exp(logWeight) * served;
            abandonedBy += Math.Exp(logWeight) * abandoned;
            logWeight += Math.Log(mean / (step + 1));
            served += now[0] * completions / rate;
            abandoned += now.Sum() * hangUps / rate;
            now = Step(now, completions / rate, hangUps / rate);
        }
        return (servedBy, abandonedBy);
    }

    /// <summary>At place m, m − 1 others in front can hang up, and the caller can; each of the agents' completions moves everybody up.</summary>
    private static double[] Step(double[] now, double completes, double hangsUp)
    {
        var next = new double[now.Length];
        for (var m = 1; m <= now.Length; m++)
        {
            next[m - 1] += now[m - 1] * (1 - completes - hangsUp * m);
            if (m > 1) next[m - 2] += now[m - 1] * (completes + hangsUp * (m - 1));
        }
        return next;
    }
}
