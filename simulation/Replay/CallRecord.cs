using System.Collections.Immutable;

namespace RoutingGrid.Simulation.Replay;

/// <summary>How a call ended, as the file says it.</summary>
public enum RecordedOutcome
{
    /// <summary>AGENT: served.</summary>
    Served,

    /// <summary>HANG: hung up, in the queue or before it.</summary>
    HungUp,

    /// <summary>PHANTOM: "a virtual call to be ignored".</summary>
    Phantom,
}

/// <summary>
/// One line of the file. Times of day are resolved to moments in the bank's local time, written with offset zero; a time
/// that fell behind midnight belongs to the day after <see cref="Date"/>.
/// </summary>
public sealed record CallRecord
{
    /// <summary>The 1-based number of the line in the file. It is the call's identity: VRU lines and call ids repeat.</summary>
    public required int Line { get; init; }

    /// <summary>PS, PE, IN, NE, NW, TT, or what else the file says, in upper case.</summary>
    public required string Type { get; init; }

    /// <summary>0, 1 or 2; 0 and 1 are the same to the bank.</summary>
    public required int Priority { get; init; }

    /// <summary>The day on which the call entered, also when it ended after midnight.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>When the caller left the voice response unit.</summary>
    public required DateTimeOffset VruExit { get; init; }

    /// <summary>The column q_time, as it stands.</summary>
    public required TimeSpan QueueTime { get; init; }

    public required RecordedOutcome Outcome { get; init; }

    /// <summary>The column ser_time, as it stands; it may be zero.</summary>
    public required TimeSpan ServiceTime { get; init; }

    /// <summary>From ser_start to ser_exit; null where both are 0:00:00, as they are for some that were served, too.</summary>
    public Interval? Service { get; init; }

    /// <summary>The agent, in upper case; null for NO_SERVER, which also stands in some lines that were served.</summary>
    public string? Server { get; init; }
}

/// <summary>A line that was skipped: its 1-based number in the file and what is wrong with it.</summary>
public sealed record BadLine(int Number, string Reason)
{
    public override string ToString() => $"line {Number}: {Reason}";
}

/// <summary>What a file holds, in its order.</summary>
public sealed record AnonymousBankMonth(ImmutableArray<CallRecord> Calls, ImmutableArray<BadLine> BadLines);
