namespace RoutingGrid.Routing.Analytics;

/// <summary>Calls that come at random (a Poisson process) and take random time (exponentially distributed), on average as said here.</summary>
public sealed record Traffic
{
    /// <param name="callsPerSecond">Mean arrivals per second; above 0.</param>
    /// <param name="handlingSeconds">Average handling time (AHT, TMO) in seconds: talking and what must be done afterwards; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not above 0 and finite.</exception>
    public Traffic(double callsPerSecond, double handlingSeconds)
    {
        CallsPerSecond = Check.Positive(callsPerSecond);
        HandlingSeconds = Check.Positive(handlingSeconds);
    }

    /// <summary>Mean arrivals per second.</summary>
    public double CallsPerSecond { get; }

    /// <summary>Average handling time in seconds.</summary>
    public double HandlingSeconds { get; }

    /// <summary>
    /// Work that arrives, in Erlang: how many agents it would keep busy on average if nobody ever waited.
    /// Arrival rate times mean handling time (Erlang 1917).
    /// </summary>
    public double OfferedLoad => CallsPerSecond * HandlingSeconds;

    /// <summary>The traffic of so many calls in an interval.</summary>
    /// <param name="calls">Calls per interval; above 0, need not be whole.</param>
    /// <param name="intervalSeconds">Length of the interval in seconds, such as 1800.</param>
    /// <param name="handlingSeconds">Average handling time in seconds.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not above 0 and finite.</exception>
    public static Traffic Of(double calls, double intervalSeconds, double handlingSeconds) =>
        new(Check.Positive(calls) / Check.Positive(intervalSeconds), handlingSeconds);
}
