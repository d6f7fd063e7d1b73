using RoutingGrid.Simulation.Traffic;

namespace RoutingGrid.Simulation.People;

/// <summary>What an agent is like. Everybody is a little different; a few are very different.</summary>
public sealed record Persona
{
    /// <summary>1: as long as the median for everything; 2: twice as long.</summary>
    public required double Slowness { get; init; }

    /// <summary>Share of offers that are declined.</summary>
    public required double Declines { get; init; }

    /// <summary>Share of offers that are not even seen.</summary>
    public required double RingsOut { get; init; }

    /// <summary>Average time of work between two breaks.</summary>
    public required TimeSpan WorksFor { get; init; }

    /// <summary>Average time between two losses of the connection.</summary>
    public required TimeSpan StaysConnectedFor { get; init; }

    /// <summary>Of losing the connection and not being seen again for a long time.</summary>
    public double StaysAway { get; init; } = 0.12;

    public static Persona Draw(Random random) => new()
    {
        Slowness = Math.Clamp(random.LogNormal(TimeSpan.FromSeconds(1), 0.22).TotalSeconds, 0.6, 1.8),
        Declines = random.Chance(0.12) ? 0.12 : 0.02,
        RingsOut = random.Chance(0.12) ? 0.08 : 0.012,
        WorksFor = random.Between(30 * 60, 90 * 60),
        StaysConnectedFor = random.Chance(0.15) ? TimeSpan.FromMinutes(12) : TimeSpan.FromMinutes(75),
    };
}
