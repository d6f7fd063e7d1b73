namespace RoutingGrid.Simulation.Traffic;

/// <summary>What traffic is wanted. The same settings give the same events, to the letter.</summary>
public sealed record TrafficSettings
{
    /// <summary>When the traffic begins. Its time of day decides where in the day's shape it does.</summary>
    public required DateTimeOffset Start { get; init; }
    public int Seed { get; init; } = 42;

    /// <summary>Conversations that begin per minute in the busiest hour, without crises.</summary>
    public double PerMinute { get; init; } = 12;

    /// <summary>Average time between two crises. The first one comes in a quarter of it.</summary>
    public TimeSpan CrisisEvery { get; init; } = TimeSpan.FromMinutes(40);
}
