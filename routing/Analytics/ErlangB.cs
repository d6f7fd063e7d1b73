namespace RoutingGrid.Routing.Analytics;

/// <summary>
/// Erlang's loss formula: nobody can wait, and who finds all agents busy is refused (M/M/n/n; holds for any distribution of handling times).
/// </summary>
public static class ErlangB
{
    /// <summary>The most agents that are computed with.</summary>
    public const int MostAgents = 1_000_000;

    /// <summary>The share of calls that are refused, 0 to 1.</summary>
    /// <remarks>
    /// Erlang 1917, by the recursion 1/B(k) = 1 + (k/a)·1/B(k−1), B(0) = 1, whose terms are all positive (Jagerman 1974). A share
    /// too small for a double is 0.
    /// </remarks>
    /// <param name="agents">From 0 to <see cref="MostAgents"/>.</param>
    /// <param name="offeredLoad">Erlang; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static double Blocking(int agents, double offeredLoad)
    {
        Check.InRange(agents, 0, MostAgents);
        Check.Positive(offeredLoad);
        var inverse = 1d;
        for (var k = 1; k <= agents; k++) inverse = 1 + k / offeredLoad * inverse;
        return 1 / inverse;
    }
}
