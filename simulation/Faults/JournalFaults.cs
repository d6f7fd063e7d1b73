namespace RoutingGrid.Simulation.Faults;

/// <summary>How often writes to a journal go wrong, in percent of the appends, and readings of a router take long, and until when. All of it follows from the seed.</summary>
public sealed record JournalFaults
{
    public static JournalFaults None { get; } = new();

    /// <summary>Written and answered, but late; read, and answered when others have written since.</summary>
    public int Delayed { get; init; }

    /// <summary>Refused as too much; nothing is written.</summary>
    public int Overloaded { get; init; }

    /// <summary>Fails with an exception; nothing is written.</summary>
    public int Failed { get; init; }

    /// <summary>Ends with <see cref="Journal.UnknownOutcomeException"/>: one in three is written, one is not, one is written only later.</summary>
    public int Unknown { get; init; }

    /// <summary>The longest delay.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(3);

    public DateTimeOffset Until { get; init; } = DateTimeOffset.MinValue;
}
