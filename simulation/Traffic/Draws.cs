namespace RoutingGrid.Simulation.Traffic;

/// <summary>Distributions over a source of randomness that is passed in.</summary>
internal static class Draws
{
    public static bool Chance(this Random random, double probability) => random.NextDouble() < probability;

    public static T Pick<T>(this Random random, IReadOnlyList<T> among) => among[random.Next(among.Count)];

    /// <summary>One of several by weight.</summary>
    public static T Pick<T>(this Random random, params ReadOnlySpan<(T Value, double Weight)> among)
    {
        var total = 0.0;
        foreach (var (_, weight) in among) total += weight;
        var left = random.NextDouble() * total;
        foreach (var (value, weight) in among)
        {
            left -= weight;
            if (left < 0) return value;
        }
        return among[^1].Value;
    }

    /// <summary>Times between independent events.</summary>
    public static TimeSpan Exponential(this Random random, TimeSpan mean) => mean * -Math.Log(1 - random.NextDouble());

    public static TimeSpan Between(this Random random, double fromSeconds, double toSeconds) =>
        TimeSpan.FromSeconds(fromSeconds + random.NextDouble() * (toSeconds - fromSeconds));

    /// <summary>How long people take for a task: most near the median, a few much longer.</summary>
    public static TimeSpan LogNormal(this Random random, TimeSpan median, double sigma) => median * Math.Exp(sigma * random.Normal());

    private static double Normal(this Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
