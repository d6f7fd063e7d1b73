namespace RoutingGrid.Silo.Demo;

/// <summary>What kind of demo is wanted.</summary>
internal sealed record DemoSettings
{
    public const int MostAgents = 400;
    public const double Slowest = 0.1;
    public const double Fastest = 60;

    /// <summary>Seconds of the demo's time per second on the wall.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>On the wall; null: until it is ended.</summary>
    public TimeSpan? For { get; init; }
    public int Seed { get; init; } = 42;
    public int Agents { get; init; } = 40;

    /// <summary>Conversations per minute of the demo's time in the busiest hour; null: as many as the agents manage well.</summary>
    public double? Rate { get; init; }
    public string Urls { get; init; } = "http://127.0.0.1:0";

    /// <summary>Null: the journal is in memory.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Half a conversation per agent and minute keeps most hands busy, and leaves crises something to do.</summary>
    public double PerMinute => Rate ?? Agents * 0.5;
}
