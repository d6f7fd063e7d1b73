namespace RoutingGrid.Routing.Analytics;

/// <summary>
/// How many steps a caller moves up within a time, as long as they wait and all agents are busy: agents finish calls and those in front hang up.
/// </summary>
/// <remarks>
/// The caller at place m who will be served reaches an agent after a sum of independent exponential times with the rates c + m·θ, …,
/// c + θ (c: calls that all agents finish per second; θ: hang-ups per second of each who waits): at each place any of the people in
/// the line, they included, may give up, and the time at a place does not depend on which event ends it. Taken in the other order,
/// which changes no sum, these are the times between the births of a process that counts up from k with rate (c + θ) + k·θ. So they
/// are over by T exactly if that process has counted to m by then; and its count at T is known: negative binomial with size b = (c + θ)/θ
/// and z = 1 − e^(−θT), as that of every linear birth process with immigration, or Poisson with mean c·T where nobody hangs up. The shares of these follow
/// each other by (b·z + k·z)/(k + 1), as those of a birth-and-death process do, and are computed as such: no approximation, no inversion.
/// </remarks>
internal static class LineProgress
{
    /// <summary>
    /// Later than this many patiences, counts spread over more states than can be kept, and are summed from 0 upwards instead. By then only short lines
    /// have not passed for certain: at most <see cref="ErlangA.MostOverload"/> Erlang per agent arrive.
    /// </summary>
    private const double LongTime = 5.3;

    /// <summary>Shares below e to this power are not shown by a double beside 1.</summary>
    private const double Nothing = -50;

    private const double Large = 1e100;

    /// <summary>The shares of the counts, exact up to the longest one asked for; no shares at all if the count is larger for certain.</summary>
    public static Stationary Within(double seconds, double completions, double hangUps, long longest)
    {
        var aged = hangUps * seconds;
        var z = -Precise.ExpM1(-aged);
        var first = (completions + hangUps) * (hangUps == 0 ? seconds : z / hangUps);
        if (LogOfAtMost(longest, (completions + hangUps) * seconds, first, z) < Nothing) return new Stationary(0, []);
        return aged <= LongTime
            ? new BirthDeath(k => first + z * k, k => k, 0, null).Solve()
            : FromZero((completions + hangUps) * seconds, first, z, longest);
    }

    /// <summary>Chernoff's bound of the share of counts up to one that is below the mean: its logarithm.</summary>
    private static double LogOfAtMost(long count, double none, double first, double z)
    {
        if (count == 0) return -none;
        var tilt = first + z * count; // The mean is first / (1 − z): the bound speaks of counts below it.
        if (count >= tilt) return 0;
        var size = first / z;
        var spread = z == 0 || size > 1e15 ? count : size * Precise.LogP1(count / size);
        return spread - none - count * Math.Log(count / tilt);
    }

    /// <summary>The share of count 0 is e^(−(c + θ)T); each follows from the one before. Scaled, since it may be far below what a double holds.</summary>
    private static Stationary FromZero(double none, double first, double z, long longest)
    {
        var shares = new double[longest + 1];
        var (log, scaled) = (-none, 1d);
        var scale = Math.Exp(log);
        for (var k = 0L; k <= longest; k++)
        {
            shares[k] = scaled * scale;
            scaled *= (first + z * k) / (k + 1);
            if (scaled < Large) continue;
            scaled /= Large;
            log += Math.Log(Large);
            scale = Math.Exp(log);
        }
        return new Stationary(0, shares);
    }
}
