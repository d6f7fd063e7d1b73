namespace RoutingGrid.Routing.Analytics;

/// <summary>Calls of one priority class that come at random (a Poisson process).</summary>
public sealed record PriorityClass
{
    /// <param name="callsPerSecond">Mean arrivals per second; above 0.</param>
    /// <param name="handlingSeconds">Average handling time of the class in seconds; above 0.</param>
    /// <param name="squaredVariation">
    /// Variance of the handling time over its squared mean: 1 where it is exponential, 0 where it is always the same; 0 or more.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public PriorityClass(double callsPerSecond, double handlingSeconds, double squaredVariation = 1)
    {
        CallsPerSecond = Check.Positive(callsPerSecond);
        HandlingSeconds = Check.Positive(handlingSeconds);
        SquaredVariation = Check.NotNegative(squaredVariation);
    }

    /// <summary>Mean arrivals per second.</summary>
    public double CallsPerSecond { get; }

    /// <summary>Average handling time in seconds.</summary>
    public double HandlingSeconds { get; }

    /// <summary>Variance of the handling time over its squared mean.</summary>
    public double SquaredVariation { get; }

    internal double OfferedLoad => CallsPerSecond * HandlingSeconds;

    internal double SecondMoment => HandlingSeconds * HandlingSeconds * (1 + SquaredVariation);
}
