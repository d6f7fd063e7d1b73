namespace RoutingGrid.Simulation.Traffic;

/// <summary>How much of the busiest hour's traffic each hour of a day has: quiet nights, a peak before noon, a second one in the evening.</summary>
internal static class DayShape
{
    // Midnight to midnight, and midnight again so that the last hour leads over to the first.
    private static readonly double[] ByHour =
    [
        0.22, 0.14, 0.10, 0.08, 0.08, 0.14, 0.28, 0.48, 0.70, 0.88, 0.97, 1.00, 0.98,
        0.90, 0.80, 0.76, 0.80, 0.86, 0.92, 0.98, 0.95, 0.80, 0.58, 0.36, 0.22,
    ];

    /// <summary>Between 0 and 1, without jumps.</summary>
    public static double At(DateTimeOffset time)
    {
        var hours = time.TimeOfDay.TotalHours;
        var hour = (int)hours;
        return ByHour[hour] + (ByHour[hour + 1] - ByHour[hour]) * (hours - hour);
    }
}
