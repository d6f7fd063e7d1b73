namespace RoutingGrid.Routing.Matching;

/// <summary>
/// The order of waiting cases in whole numbers, so that it is one strict order however it is computed: effective priority
/// descending, then earlier virtual start, then case id.
/// </summary>
/// <remarks>
/// Effective priority = class + boost + ageing rate × minutes since the virtual start. In units of a 60-millionth of a point, with
/// times in whole seconds, this is <c>key + rate × now</c>, where the key does not depend on now: cases of one rate keep their order
/// for ever, and cases of different rates compare exactly. Floating point would round keys and sums differently and could make a circle.
/// The bounds below keep every sum within 64 bits until the year 2100.
/// </remarks>
internal static class PriorityOrder
{
    public const double MaxRate = 1000;
    public const double MaxPoints = 1e9;

    private const double Micro = 1e6;
    private const long MaxSeconds = 4_102_444_800;

    /// <summary>Millionths of a point per minute.</summary>
    public static long Rate(double pointsPerMinute) =>
        double.IsNaN(pointsPerMinute) ? 0 : (long)Math.Round(Math.Clamp(pointsPerMinute, 0, MaxRate) * Micro);

    public static long Key(int priorityClass, double boost, long rate, long virtualStart)
    {
        var points = double.IsNaN(boost) ? priorityClass : Math.Clamp(priorityClass + boost, -MaxPoints, MaxPoints);
        return (long)Math.Round(points * Micro) * 60 - rate * Seconds(virtualStart);
    }

    public static long At(long key, long rate, long nowSeconds) => key + rate * nowSeconds;

    /// <summary>Points gained by waiting.</summary>
    public static double Ageing(long rate, long virtualStart, long now) =>
        rate * (double)(Seconds(now) - Seconds(virtualStart)) / 60 / Micro;

    /// <summary>Seconds since 1970 of a time in UTC ticks.</summary>
    public static long Seconds(long ticks) => Math.Clamp((ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond, 0, MaxSeconds);
}
