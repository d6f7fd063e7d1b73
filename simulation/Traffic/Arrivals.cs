namespace RoutingGrid.Simulation.Traffic;

/// <summary>The beginning of a conversation, and the crisis that it is part of, if any.</summary>
internal readonly record struct Arrival(DateTimeOffset At, Crisis? Crisis);

/// <summary>
/// When conversations begin: a Poisson process whose rate follows the day's shape and the crises. Drawn by thinning (Lewis and
/// Shedler, 1979): candidates at the highest rate that can be, each kept with the share of it that its moment has.
/// </summary>
internal static class Arrivals
{
    private const double HighestShare = 1 + 1.8; // the busiest hour, and the strongest crisis on top

    public static IEnumerable<Arrival> From(TrafficSettings settings, Random random)
    {
        if (settings.PerMinute <= 0) yield break;
        using var crises = Crisis.Follow(new Random(random.Next()), settings.Start, settings.CrisisEvery).GetEnumerator();
        crises.MoveNext();

        var mean = TimeSpan.FromMinutes(1) / (settings.PerMinute * HighestShare);
        var at = settings.Start;
        while (true)
        {
            at += random.Exponential(mean);
            while (at >= crises.Current.To) crises.MoveNext();
            var ordinary = DayShape.At(at);
            var draw = random.NextDouble() * HighestShare;
            if (draw < ordinary) yield return new Arrival(at, null);
            else if (draw < ordinary + crises.Current.ExtraAt(at)) yield return new Arrival(at, crises.Current);
        }
    }
}
