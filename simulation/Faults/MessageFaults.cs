namespace RoutingGrid.Simulation.Faults;

/// <summary>What a network between processes does to messages that nobody waits for, in percent of them, and until when.</summary>
public sealed record MessageFaults
{
    public static MessageFaults None { get; } = new();

    public int Lost { get; init; }

    public int Delayed { get; init; }

    /// <summary>The longest delay.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(20);

    public DateTimeOffset Until { get; init; } = DateTimeOffset.MinValue;
}
