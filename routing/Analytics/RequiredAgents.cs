namespace RoutingGrid.Routing.Analytics;

/// <summary>The fewest agents that reach a target. Every figure asked for here gets better with each agent, so the search may take leaps.</summary>
/// <remarks>
/// Without patience and queue limit by <see cref="ErlangC"/>, otherwise by <see cref="ErlangA"/>. Targets of exactly 0 or 1 are refused: no
/// number of agents reaches them.
/// </remarks>
public static class RequiredAgents
{
    /// <summary>The fewest agents with whom at most this share of calls is refused where nobody can wait (Erlang B).</summary>
    /// <param name="offeredLoad">Erlang; above 0.</param>
    /// <param name="share">Between 0 and 1, both excluded.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range, or it would take more than <see cref="ErlangB.MostAgents"/>.</exception>
    public static int ForBlocking(double offeredLoad, double share)
    {
        Check.Positive(offeredLoad);
        Check.Share(share);
        var inverse = 1d;
        for (var agents = 1; agents <= ErlangB.MostAgents; agents++)
        {
            inverse = 1 + agents / offeredLoad * inverse;
            if (1 / inverse <= share) return agents;
        }
        throw TooMany(offeredLoad);
    }

    /// <summary>The fewest agents with whom at least this share of all calls is served after at most so many seconds.</summary>
    /// <param name="traffic">What arrives.</param>
    /// <param name="share">Between 0 and 1, both excluded. Refused and abandoned calls count as not served.</param>
    /// <param name="withinSeconds">0 or more.</param>
    /// <param name="patienceSeconds">Mean patience; infinite: nobody hangs up.</param>
    /// <param name="queueLimit">How many calls can wait; null: any number.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range, or it would take more than <see cref="ErlangB.MostAgents"/>.</exception>
    public static int ForServiceLevel(
        Traffic traffic, double share, double withinSeconds, double patienceSeconds = double.PositiveInfinity, int? queueLimit = null)
    {
        Check.Share(share);
        Check.NotNegative(withinSeconds);
        return EverybodyStays(patienceSeconds, queueLimit)
            ? Fewest(traffic, true, agents => new ErlangC(traffic, agents).ServiceLevel(withinSeconds) >= share)
            : Fewest(traffic, false, Enough);

        bool Enough(int agents) => agents >= share * traffic.OfferedLoad // No agent serves more than all the time.
            && new ErlangA(traffic, agents, patienceSeconds, queueLimit).ServiceLevel(withinSeconds) >= share;
    }

    /// <summary>The fewest agents with whom the mean wait of all calls that are let in is at most so many seconds.</summary>
    /// <param name="traffic">What arrives.</param>
    /// <param name="seconds">Above 0.</param>
    /// <param name="patienceSeconds">Mean patience; infinite: nobody hangs up.</param>
    /// <param name="queueLimit">How many calls can wait; null: any number.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range, or it would take more than <see cref="ErlangB.MostAgents"/>.</exception>
    public static int ForMeanWait(Traffic traffic, double seconds, double patienceSeconds = double.PositiveInfinity, int? queueLimit = null)
    {
        Check.Positive(seconds);
        return EverybodyStays(patienceSeconds, queueLimit)
            ? Fewest(traffic, true, agents => new ErlangC(traffic, agents).MeanWait <= seconds)
            : Fewest(traffic, false, agents => new ErlangA(traffic, agents, patienceSeconds, queueLimit).MeanWait <= seconds);
    }

    private static bool EverybodyStays(double patienceSeconds, int? queueLimit) => double.IsPositiveInfinity(patienceSeconds) && queueLimit is null;

    /// <summary>Leaps that double, upwards from the offered load, then halves what is between.</summary>
    private static int Fewest(Traffic traffic, bool mustBeStable, Func<int, bool> enough)
    {
        if (traffic.OfferedLoad >= ErlangB.MostAgents) throw TooMany(traffic.OfferedLoad);
        var load = (int)Math.Floor(traffic.OfferedLoad);
        var (tooFew, high, leap) = (mustBeStable ? load : 0, load + 1, 1);
        while (!enough(high))
        {
            if (high == ErlangB.MostAgents) throw TooMany(traffic.OfferedLoad);
            tooFew = high;
            high = Math.Min(ErlangB.MostAgents, high + leap);
            leap *= 2;
        }
        while (high - tooFew > 1)
        {
            var middle = tooFew + (high - tooFew) / 2;
            if (enough(middle)) high = middle;
            else tooFew = middle;
        }
        return high;
    }

    private static ArgumentOutOfRangeException TooMany(double offeredLoad) =>
        Check.Bad(nameof(offeredLoad), offeredLoad, $"takes more than {ErlangB.MostAgents} agents to reach the target");
}
