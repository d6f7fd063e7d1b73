namespace RoutingGrid.Routing.Agents;

/// <summary>Why a session ended.</summary>
public enum SessionEnd { SignedOut, ForcedOut, Idle, Expired, Disconnected }

/// <summary>Why an agent's activity changed.</summary>
public enum ActivityBecause { Chosen, SignedIn, SignedOut, RangOut, Supervisor }

/// <summary>Whether an agent is there, derived from sessions.</summary>
public enum Presence
{
    /// <summary>No session.</summary>
    Offline,
    Connected,
    /// <summary>Silent, and within the grace.</summary>
    Disconnected,
}

public sealed record SessionStarted : DomainEvent
{
    public required string SessionId { get; init; }
    public string? Device { get; init; }
    public DateTimeOffset? SilentAt { get; init; }
    public DateTimeOffset? IdleAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>No heartbeat for too long.</summary>
public sealed record SessionLost : DomainEvent
{
    public required string SessionId { get; init; }

    /// <summary>Until when it may come back before work is taken away.</summary>
    public required DateTimeOffset GraceUntil { get; init; }
}

/// <summary>A lost session was heard from again, within the grace.</summary>
public sealed record SessionResumed : DomainEvent
{
    public required string SessionId { get; init; }
    public DateTimeOffset? SilentAt { get; init; }
    public DateTimeOffset? IdleAt { get; init; }
}

public sealed record SessionEnded : DomainEvent
{
    public required string SessionId { get; init; }
    public required SessionEnd End { get; init; }
}

public sealed record ActivityChanged : DomainEvent
{
    public required string Activity { get; init; }
    public required bool Available { get; init; }
    public required ActivityBecause Because { get; init; }
}

/// <summary>Capacity was reserved for a case. Written together with the case's own event, so that two activations of one agent
/// cannot both give away the last place.</summary>
public sealed record CapacityReserved : DomainEvent
{
    public required string CaseId { get; init; }
}

/// <summary>Everything that an agent who is gone had to give back has gone back.</summary>
public sealed record WorkReleased : DomainEvent;
