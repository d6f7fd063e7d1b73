namespace RoutingGrid.Journal.History;

/// <summary>How a history follows.</summary>
public sealed record HistoryOptions
{
    /// <summary>How long a query waits for the history to come as far as the journal was when it began.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the journal is looked at in the background.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Events that share one transaction at most.</summary>
    public int BatchLimit { get; init; } = 8_000;

    /// <summary>Cases and agents, each, whose states are kept in memory between batches. What is not among them is read from its stream.</summary>
    public int Remembered { get; init; } = 20_000;

    /// <summary>Where batches are written and read; null: on the pool.</summary>
    public TaskScheduler? Scheduler { get; init; }

    /// <summary>Called before each batch is written. Tests have it fail there.</summary>
    internal Action? BeforeBatch { get; init; }
}
