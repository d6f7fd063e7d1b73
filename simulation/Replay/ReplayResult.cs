namespace RoutingGrid.Simulation.Replay;

/// <summary>A replay that is over.</summary>
public sealed record ReplayResult
{
    /// <summary>What was played, with the recorded side.</summary>
    public required ReplayPlan Plan { get; init; }

    public required CenterStatistics Replayed { get; init; }

    /// <summary>How much time passed for the grains.</summary>
    public required double VirtualSeconds { get; init; }

    /// <summary>How much time passed for whoever watched.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>How many lines of the file were skipped.</summary>
    public required int BadLines { get; init; }

    /// <summary>Of every event that the replay wrote: equal for equal file, days, seed and wrap-up.</summary>
    public required string JournalHash { get; init; }
}
