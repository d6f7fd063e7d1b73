namespace RoutingGrid.Simulation.Replay;

/// <summary>A caller of the replay.</summary>
public sealed record PlannedCall
{
    /// <summary>The 1-based line of the file: unique, and the order among calls that arrive in the same second.</summary>
    public required int Line { get; init; }

    /// <summary>A name for the call, unique in the file.</summary>
    public string Id => $"call-{Line}";

    /// <summary>The queue.</summary>
    public required string Type { get; init; }

    /// <summary>0, 1 or 2, as recorded.</summary>
    public required int Priority { get; init; }

    /// <summary>What is added to the wait when the next caller is chosen.</summary>
    public required TimeSpan Credit { get; init; }

    /// <summary>In the bank's local time, written with offset zero.</summary>
    public required DateTimeOffset Arrival { get; init; }

    public required TimeSpan RecordedWait { get; init; }

    /// <summary>False: the caller hung up.</summary>
    public required bool RecordedServed { get; init; }

    /// <summary>How long an agent is on the call if it is served: recorded, or drawn for a caller who hung up.</summary>
    public required TimeSpan Service { get; init; }

    /// <summary>The wait after which the caller hangs up: recorded, or drawn for a caller who was served; null: never, but see
    /// <see cref="ReplayPlan.HangsUpAt"/>.</summary>
    public TimeSpan? Patience { get; init; }
}
