namespace RoutingGrid.Routing.Analytics;

/// <summary>
/// A process that steps from a state to the next one or back. Wanted are the shares of time in its states: in balance, a state's share
/// times its births is the next one's times its deaths (Kleinrock 1975, Queueing Systems I, ch. 3).
/// </summary>
/// <remarks>
/// Births over the next state's deaths may never grow from state to state: so it is in all queues whose agents and waiting people do not
/// slow down as they fill. Then the shares rise to one top and fall on both sides at least geometrically, which is why a finite stretch
/// around the top is enough, and why what is left out is bounded: below <see cref="LeftOut"/> on each side. Shares are relative to the
/// top's, so nothing overflows, however many agents there are.
/// </remarks>
/// <param name="Births">Steps up per time from a state.</param>
/// <param name="Deaths">Steps down per time from a state.</param>
/// <param name="First">The lowest state.</param>
/// <param name="Last">The highest state; null: there is none.</param>
internal sealed record BirthDeath(Func<long, double> Births, Func<long, double> Deaths, long First, long? Last)
{
    /// <summary>Most that the states left out on one side can come to, together, as a share of all.</summary>
    public const double LeftOut = 1e-19;

    /// <summary>The most states that are kept.</summary>
    public const int MostStates = 1 << 24;

    private const long Beyond = 1L << 53; // Higher states are not exact as a double.

    public Stationary Solve()
    {
        var top = Top();
        var up = Side(top, state => state == Last ? 0 : Ratio(state), +1);
        var down = Side(top, state => state == First ? 0 : 1 / Ratio(state - 1), -1);
        var shares = new double[down.Count + 1 + up.Count];
        shares[down.Count] = 1;
        for (var i = 0; i < down.Count; i++) shares[down.Count - 1 - i] = down[i];
        up.CopyTo(shares, down.Count + 1);
        var sum = new ExactSum();
        foreach (var share in shares) sum.Add(share);
        for (var i = 0; i < shares.Length; i++) shares[i] /= sum.Value;
        return new Stationary(top - down.Count, shares);
    }

    /// <summary>The share of the next state over a state's own.</summary>
    private double Ratio(long state) => Births(state) / Deaths(state + 1);

    /// <summary>The first state whose next one has less: found by doubling steps, then by halving.</summary>
    private long Top()
    {
        var (low, step) = (First, 1L);
        while (!Falls(low + step - 1))
        {
            low += step;
            step *= 2;
            if (low > Beyond) throw new UnstableLoadException("Births never fall behind deaths: the process runs away and has no shares.");
        }
        var high = low + step - 1;
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (Falls(middle)) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    private bool Falls(long state) => state >= Last || Ratio(state) < 1;

    /// <summary>Shares relative to the top's, away from it, until the rest is at most a geometric series that is too small to matter.</summary>
    private static List<double> Side(long top, Func<long, double> ratio, int direction)
    {
        var shares = new List<double>();
        var (share, before) = (1d, double.PositiveInfinity);
        for (var state = top; ; state += direction)
        {
            var next = ratio(state);
            if (next > before * (1 + 1e-9))
                throw new ArgumentException($"Births over deaths grow at state {state}: these shares have no bound.");
            if (share * next <= LeftOut * (1 - next)) return shares;
            if (shares.Count == MostStates) throw new ArgumentException($"The shares spread over more than {MostStates} states.");
            before = next;
            share *= next;
            shares.Add(share);
        }
    }
}
