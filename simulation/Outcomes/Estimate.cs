namespace RoutingGrid.Simulation.Outcomes;

/// <summary>What one replication says about a figure: <paramref name="Part"/> per <paramref name="Of"/>. A plain count is per 1.</summary>
public readonly record struct Ratio(double Part, double Of);

/// <summary>A figure over all replications.</summary>
/// <param name="Mean">Null where there is nothing to divide by, such as the wait of those served where nobody was.</param>
/// <param name="HalfWidth">Half of the 95 % confidence interval; null with one replication, which cannot say how much replications differ.</param>
public readonly record struct Estimate(double? Mean, double? HalfWidth)
{
    public double? Low => Mean - HalfWidth;
    public double? High => Mean + HalfWidth;
}

/// <summary>How much one figure differs between two scenarios that were run with the same random numbers.</summary>
/// <param name="Mean">The other scenario's figure less the first one's. Null where one of them has none.</param>
/// <param name="HalfWidth">Half of the paired-t 95 % interval of this difference alone.</param>
/// <param name="PValue">How likely a difference this large is by chance. Null where nothing can be said; see <see cref="Estimators.Difference"/>.</param>
public readonly record struct Difference(double? Mean, double? HalfWidth, double? PValue)
{
    public double? Low => Mean - HalfWidth;
    public double? High => Mean + HalfWidth;
}
