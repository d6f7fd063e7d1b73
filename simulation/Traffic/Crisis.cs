namespace RoutingGrid.Simulation.Traffic;

/// <summary>For some minutes many people complain about the same thing, in public: something broke, and it is being talked about.</summary>
/// <param name="Strength">Conversations per minute at its height, as a share of the busiest hour's.</param>
internal sealed record Crisis(DateTimeOffset From, TimeSpan Length, double Strength, Topic Topic, string City)
{
    private static readonly Topic[] Topics = [Topic.Cancelled, Topic.Delay, Topic.App, Topic.Baggage];

    public DateTimeOffset To => From + Length;

    /// <summary>Rises fast, fades slowly, as such things do.</summary>
    public double ExtraAt(DateTimeOffset time)
    {
        if (time < From || time >= To) return 0;
        var part = (time - From) / Length;
        return Strength * (part < 0.2 ? part / 0.2 : (1 - part) / 0.8);
    }

    /// <summary>Crises without end, in order and apart from each other.</summary>
    public static IEnumerable<Crisis> Follow(Random random, DateTimeOffset start, TimeSpan every)
    {
        var from = start + every / 4;
        while (true)
        {
            var crisis = new Crisis(from, random.Between(180, 420), 0.8 + random.NextDouble(), random.Pick(Topics), random.Pick(Places.Cities));
            yield return crisis;
            from = crisis.To + every / 2 + random.Exponential(every / 2);
        }
    }
}
