namespace RoutingGrid.Routing.Analytics;

/// <summary>Shares of time that a process spends in its states. States that are not listed have shares too small to matter.</summary>
/// <param name="First">The state of the first share.</param>
/// <param name="Shares">By state, from the first one on.</param>
internal sealed record Stationary(long First, double[] Shares)
{
    public long Last => First + Shares.Length - 1;

    public double this[long state] => state >= First && state <= Last ? Shares[state - First] : 0;

    public double Mean => Sum(First, Last, state => state);

    /// <summary>The sum of a value over states, each weighed by its share.</summary>
    public double Sum(long from, long to, Func<long, double> value)
    {
        var sum = new ExactSum();
        for (var state = Math.Max(from, First); state <= Math.Min(to, Last); state++) sum.Add(this[state] * value(state));
        return sum.Value;
    }
}
