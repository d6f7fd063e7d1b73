using System.Collections.Immutable;

namespace RoutingGrid.Routing.Cases;

/// <summary>A live offer of a case to one agent.</summary>
public sealed record Offer(string OfferId, string AgentId, int Units, DateTimeOffset MadeAt, DateTimeOffset ExpiresAt);

/// <summary>An agent who declined the case, or let it ring out, and is not asked again for a while.</summary>
/// <param name="Until">When the time is over by itself.</param>
/// <param name="Epoch">The agent's availability epoch at that time: an agent who has been unavailable and came back has a higher one.</param>
public sealed record Decline(string AgentId, DateTimeOffset Until, int Epoch);

/// <summary>An offer that ended, remembered for a while so that who answers it late is told why not.</summary>
public sealed record EndedOffer(string OfferId, string AgentId, OfferEnd End);

/// <summary>A promise about time.</summary>
/// <param name="Key">Which one, where several of a kind can run; empty otherwise.</param>
public sealed record Deadline(DeadlineKind Kind, string Key, DateTimeOffset DueAt);

/// <summary>A case, folded from its events. Immutable; <see cref="CaseFold.Evolve"/> makes the next one.</summary>
public sealed record CaseState
{
    /// <summary>Before the first event.</summary>
    public static CaseState None { get; } = new();

    /// <summary>Number of events, and the version that every write names.</summary>
    public long Version { get; init; }
    public CaseStatus Status { get; init; }

    public string CustomerId { get; init; } = "";
    public string? CustomerName { get; init; }
    public string Channel { get; init; } = "";
    public string Account { get; init; } = "";
    public string Thread { get; init; } = "";
    public Surface Surface { get; init; }
    public CaseProfile? Profile { get; init; }
    public string? Previous { get; init; }

    /// <summary>When the customer's personal data was destroyed.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    public string Queue { get; init; } = "";
    public string? Rule { get; init; }
    public Requirements Needs { get; init; } = Requirements.None;
    public int Class { get; init; }
    public double Boost { get; init; }
    public int Stage { get; init; }
    public string? PreferredAgent { get; init; }
    public DateTimeOffset? PreferredUntil { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset VirtualStart { get; init; }

    /// <summary>When it entered the queue it is or was last in; stages count from here.</summary>
    public DateTimeOffset QueuedAt { get; init; }

    /// <summary>When it last left a queue for an agent's hands; its wait is measured to here.</summary>
    public DateTimeOffset? AssignedAt { get; init; }
    public DateTimeOffset? FirstAssignedAt { get; init; }
    public DateTimeOffset? FirstAnsweredAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public DateTimeOffset? ReopenUntil { get; init; }

    public ImmutableArray<Offer> Offers { get; init; } = [];
    public ImmutableArray<Decline> Declines { get; init; } = [];

    /// <summary>The last offers that ended, newest last.</summary>
    public ImmutableArray<EndedOffer> EndedOffers { get; init; } = [];

    /// <summary>Who holds the case; null while nobody does.</summary>
    public string? Holder { get; init; }

    /// <summary>Who held it last, for those who prefer the same agent.</summary>
    public string? LastHolder { get; init; }

    /// <summary>Units it takes of its holder's capacity now; 0 where waiting frees it.</summary>
    public int HeldUnits { get; init; }
    public bool Excess { get; init; }

    public WaitingFor? WaitingFor { get; init; }
    public string? EscalatedTo { get; init; }
    public Rating? Rating { get; init; }
    public CloseKind? CloseKind { get; init; }
    public string? Reason { get; init; }
    public int Messages { get; init; }
    public int Answers { get; init; }

    /// <summary>Why the agent who was asked or has it was chosen.</summary>
    public string? RoutedBecause { get; init; }

    public DateTimeOffset? FirstAnswerDue { get; init; }
    public DateTimeOffset? NextAnswerDue { get; init; }
    public DateTimeOffset? ResolutionDue { get; init; }
    public DateTimeOffset? NextStageAt { get; init; }
    public DateTimeOffset? WakeAt { get; init; }
    public DateTimeOffset? FollowUpAt { get; init; }

    /// <summary>The commands that made the last changes, newest last, so that their retries are recognised.</summary>
    public ImmutableArray<string> RecentCommands { get; init; } = [];

    /// <summary>What people see.</summary>
    public ShownStatus Shown => Status switch
    {
        CaseStatus.Closed => ShownStatus.Closed,
        CaseStatus.Escalated => ShownStatus.Escalated,
        CaseStatus.Waiting => ShownStatus.Pending,
        CaseStatus.Assigned when FirstAnsweredAt is not null => ShownStatus.Pending,
        _ => ShownStatus.New,
    };

    public bool IsOpen => Status is not (CaseStatus.None or CaseStatus.Closed);
}
