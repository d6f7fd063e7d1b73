using System.Collections.Immutable;

namespace RoutingGrid.Routing.Cases;

/// <summary>Where others can read a conversation.</summary>
public enum Surface { Private, Public }

/// <summary>Why a case entered a queue.</summary>
public enum QueuedBecause { New, Returned, AgentLost, Transferred, Woken, Reopened, Overflow, Resumed }

/// <summary>How an offer ended. Exactly one of these, always.</summary>
public enum OfferEnd { Accepted, Declined, TimedOut, Withdrawn, Superseded }

/// <summary>What a waiting case waits for.</summary>
public enum WaitingFor { Customer, Party, Time }

/// <summary>How a case ended.</summary>
public enum CloseKind { Handled, Abandoned, Expired, Bulk, Merged }

/// <summary>What the customer thought, as judged at closing.</summary>
public enum Rating { Neutral, Positive, Negative }

/// <summary>What kinds of promises are kept by a deadline.</summary>
public enum DeadlineKind
{
    /// <summary>An agent has let an offer ring out. The agent is called; the key is <c>caseId/offerId</c>.</summary>
    OfferExpires,
    FirstAnswer,
    NextAnswer,
    Resolution,

    /// <summary>The next stage of relaxed requirements begins.</summary>
    Stage,

    /// <summary>A waiting case goes on; one that waits for its customer is given up.</summary>
    WakeUp,

    /// <summary>An escalated case is looked after.</summary>
    FollowUp,

    /// <summary>A session has not been heard from. The agent's other deadlines follow; the key is the session's id.</summary>
    SessionSilent,
    GraceEnds,
    SessionIdle,
    SessionExpires,

    /// <summary>An agent who is gone still has work that must go back.</summary>
    ReleaseWork,
}

/// <summary>What a case demands of whoever takes it, as the rules said.</summary>
/// <param name="Skills">Skill and minimum level, ordered by skill.</param>
/// <param name="Language">The language that must be spoken, or null.</param>
public sealed record Requirements(ImmutableArray<SkillLevel> Skills, string? Language)
{
    public static Requirements None { get; } = new([], null);

    public bool Equals(Requirements? other) => other is not null && Language == other.Language && Skills.AsSpan().SequenceEqual(other.Skills.AsSpan());

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var skill in Skills) hash.Add(skill);
        hash.Add(Language);
        return hash.ToHashCode();
    }
}

/// <summary>A skill and a level.</summary>
public readonly record struct SkillLevel(string Skill, int Level);

/// <summary>Who wrote, what is known of it: the attributes on which rules decide.</summary>
/// <param name="Language">IETF tag, as the channel or the integrator says.</param>
/// <param name="Audience">customer, prospect, shareholder, press …</param>
/// <param name="Purpose">question, complaint, praise, sale …</param>
/// <param name="Reach">How many people follow the author.</param>
/// <param name="Attributes">Whatever else the integrator says; rules name them <c>attributes.NAME</c>.</param>
public sealed record CaseProfile(string? Language, string? Audience, string? Purpose, int Reach, ImmutableDictionary<string, string> Attributes)
{
    /// <summary>Kinds of people and matters are nobody's; a number of followers is nearly a name.</summary>
    internal CaseProfile WithoutPersonalData() => this with { Reach = 0, Attributes = Attributes.Clear() };
}

public sealed record CaseOpened : DomainEvent
{
    public required string CustomerId { get; init; }
    public string? CustomerName { get; init; }
    public required string Channel { get; init; }
    public required string Account { get; init; }
    public required string Thread { get; init; }
    public Surface Surface { get; init; }
    public required CaseProfile Profile { get; init; }

    /// <summary>The closed case that this one continues, if any.</summary>
    public string? Previous { get; init; }
}

public sealed record MessageReceived : DomainEvent
{
    public required string MessageId { get; init; }
    public required string Text { get; init; }

    /// <summary>When the customer sent it, by the network's clock.</summary>
    public DateTimeOffset SentAt { get; init; }

    /// <summary>When an agent who holds the case owes the next answer, where the queue promises one.</summary>
    public DateTimeOffset? AnswerDue { get; init; }
}

/// <summary>The rules, or a person, sent the case to a queue. It waits there.</summary>
public sealed record CaseQueued : DomainEvent
{
    public required string Queue { get; init; }
    public required QueuedBecause Because { get; init; }

    /// <summary>The rule that chose the queue, or null.</summary>
    public string? Rule { get; init; }

    /// <summary>Where it stands among equals: its first entry into any queue, less any credit. Never reset by a return.</summary>
    public required DateTimeOffset VirtualStart { get; init; }
    public required Requirements Needs { get; init; }
    public int Class { get; init; }
    public double Boost { get; init; }
    public string? PreferredAgent { get; init; }
    public DateTimeOffset? PreferredUntil { get; init; }

    /// <summary>When the first answer is due, where the queue promises one.</summary>
    public DateTimeOffset? FirstAnswerDue { get; init; }
    public DateTimeOffset? ResolutionDue { get; init; }

    /// <summary>When the queue's first stage begins, where it has one.</summary>
    public DateTimeOffset? StageAt { get; init; }
}

public sealed record PriorityChanged : DomainEvent
{
    public required int Class { get; init; }
    public required double Boost { get; init; }
}

public sealed record StageReached : DomainEvent
{
    /// <summary>1 for the queue's first stage.</summary>
    public required int Stage { get; init; }

    /// <summary>When the one after it begins, where there is one.</summary>
    public DateTimeOffset? NextStageAt { get; init; }
}

public sealed record CaseOffered : DomainEvent
{
    public required string OfferId { get; init; }
    public required string AgentId { get; init; }

    /// <summary>Capacity reserved on the agent, from now to the case's end or return.</summary>
    public required int Units { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Why this agent, in one phrase, such as <c>least loaded of 4</c>.</summary>
    public string? Reason { get; init; }
    public int Stage { get; init; }
}

public sealed record OfferEnded : DomainEvent
{
    public required string OfferId { get; init; }
    public required string AgentId { get; init; }
    public required OfferEnd End { get; init; }

    /// <summary>For a decline: until when this agent is not asked again.</summary>
    public DateTimeOffset? DeclinedUntil { get; init; }

    /// <summary>For a decline: which of the agent's times of availability it happened in.</summary>
    public int AvailabilityEpoch { get; init; }
}

public sealed record CaseAssigned : DomainEvent
{
    public required string AgentId { get; init; }

    /// <summary>The offer that this accepts, and thereby ends; null for a manual assignment or a resumed case.</summary>
    public string? OfferId { get; init; }
    public required int Units { get; init; }

    /// <summary>A person decided; automatic routing did not.</summary>
    public bool Manual { get; init; }

    /// <summary>Permitted to exceed the agent's capacity.</summary>
    public bool Excess { get; init; }

    /// <summary>Who held it before, where this is a transfer.</summary>
    public string? From { get; init; }
    public string? Reason { get; init; }
}

public sealed record CaseAnswered : DomainEvent
{
    public required string ReplyId { get; init; }
    public required string AgentId { get; init; }
    public required string Account { get; init; }
    public required string Text { get; init; }
}

/// <summary>A promise about time was broken.</summary>
public sealed record TargetMissed : DomainEvent
{
    public required DeadlineKind Target { get; init; }
    public required DateTimeOffset DueAt { get; init; }
}

public sealed record CaseWaiting : DomainEvent
{
    public required WaitingFor For { get; init; }

    /// <summary>When it wakes up, at the latest.</summary>
    public required DateTimeOffset Until { get; init; }
    public bool KeepsCapacity { get; init; }
    public string? Note { get; init; }
}

public sealed record CaseEscalated : DomainEvent
{
    public required string To { get; init; }
    public required DateTimeOffset FollowUpAt { get; init; }
    public string? Note { get; init; }
}

public sealed record NoteAdded : DomainEvent
{
    public required string Text { get; init; }
}

public sealed record AutomaticAnswerSent : DomainEvent
{
    public required string Text { get; init; }
}

public sealed record CaseClosed : DomainEvent
{
    public required CloseKind Kind { get; init; }
    public Rating? Rating { get; init; }
    public string? Reason { get; init; }
    /// <summary>Until when a message reopens the case.</summary>
    public DateTimeOffset? ReopenUntil { get; init; }
}

/// <summary>The customer's personal data was destroyed. Nothing can be added to the case any more.</summary>
public sealed record CaseCustomerErased : DomainEvent
{
    /// <summary>What the customer is called from now on, in all of their cases: <c>erased:…</c>.</summary>
    public required string Pseudonym { get; init; }
}
