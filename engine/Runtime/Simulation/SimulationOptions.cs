namespace RoutingGrid.Engine.Simulation;

/// <summary>What decides a simulated run. Everything that happens follows from this and from the code.</summary>
public sealed class SimulationOptions
{
    /// <summary>Decides every choice that concurrency leaves open.</summary>
    public ulong Seed { get; set; } = 1;

    /// <summary>The time at which the run begins.</summary>
    public DateTimeOffset Start { get; set; } = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How many messages of a hundred are on their way for a while, so that later ones may overtake them.</summary>
    public int DelayedMessagesPercent { get; set; } = 10;

    /// <summary>What goes wrong. Null: nothing.</summary>
    public FaultOptions? Faults { get; set; }

    /// <summary>Settings of the engine itself.</summary>
    public Action<EngineOptions>? Engine { get; set; }
}
