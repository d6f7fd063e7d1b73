using System.Collections.Immutable;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Routing.Cases;

/// <summary>What somebody wants of a case. Decided by <see cref="CaseDecisions.Decide"/>.</summary>
public abstract record CaseCommand
{
    private CaseCommand() { }

    /// <summary>Now.</summary>
    public required DateTimeOffset At { get; init; }
    public string? By { get; init; }
    public string? CommandId { get; init; }

    /// <summary>The version that the caller saw; null: any.</summary>
    public long? IfVersion { get; init; }

    /// <summary>A customer wrote. Opens the case, or goes on with it.</summary>
    /// <param name="Placement">Where the rules send a case that must be queued now.</param>
    /// <param name="PreferSameAgent">How long a case that comes back prefers who held it.</param>
    public sealed record Receive(CaseOpened Opening, MessageReceived Message, Placement Placement, TimeSpan PreferSameAgent, DateTimeOffset? AnswerDue) : CaseCommand;

    /// <summary>An agent has reserved capacity for the case.</summary>
    /// <param name="Queue">The queue's policy.</param>
    /// <param name="Overflows">The queues whose agents may be asked outside its hours.</param>
    /// <param name="Again">The router knows of the agent's decline, and that nobody else is eligible.</param>
    /// <param name="Epoch">The agent's availability epoch.</param>
    public sealed record MakeOffer(
        string OfferId, AgentSettings Agent, int Epoch, int Units, QueueSettings Queue, ImmutableArray<string> Overflows, DateTimeOffset ExpiresAt, bool Again,
        string? Reason) : CaseCommand;

    public sealed record AcceptOffer(string OfferId, AgentSettings Agent, QueueSettings Queue, ImmutableArray<string> Overflows) : CaseCommand;

    public sealed record DeclineOffer(string OfferId, string AgentId, int Epoch, DateTimeOffset Until) : CaseCommand;

    /// <summary>The offer rang out, or its agent may no longer have it.</summary>
    public sealed record EndOffer(string OfferId, string AgentId, OfferEnd End) : CaseCommand;

    /// <summary>A person gives the case to an agent, from wherever it is.</summary>
    public sealed record Assign(string AgentId, int Units, bool Excess) : CaseCommand;

    /// <param name="AgentId">Who answers.</param>
    /// <param name="Account">The account it goes out from; null: the one that the customer wrote to.</param>
    public sealed record Answer(string ReplyId, string AgentId, string? Account, string Text) : CaseCommand;

    /// <param name="AgentId">The holder; null: a supervisor, who need not hold it.</param>
    public sealed record Wait(string? AgentId, WaitingFor For, DateTimeOffset Until, bool KeepsCapacity, string? Note) : CaseCommand;

    public sealed record Escalate(string? AgentId, string To, DateTimeOffset FollowUpAt, string? Note) : CaseCommand;

    /// <summary>To a queue, with the waiting time that the case has.</summary>
    public sealed record SendToQueue(string? AgentId, Placement Placement, QueuedBecause Because, TimeSpan PreferSameAgent) : CaseCommand;

    public sealed record Close(string? AgentId, CloseKind Kind, Rating? Rating, string? Reason, DateTimeOffset? ReopenUntil) : CaseCommand;

    public sealed record AddNote(string Text) : CaseCommand;

    public sealed record ChangePriority(int Class, double Boost) : CaseCommand;

    public sealed record AnswerAutomatically(string Text) : CaseCommand;

    /// <summary>One of the case's own deadlines may be due.</summary>
    /// <param name="Placement">Where it goes if it must be queued.</param>
    /// <param name="Stage">The stage that its age in the queue has reached.</param>
    /// <param name="NextStageAt">When the one after it begins.</param>
    public sealed record Due(DeadlineKind Kind, Placement Placement, TimeSpan PreferSameAgent, int Stage, DateTimeOffset? NextStageAt) : CaseCommand;
}

/// <summary>Where the rules, or a person, send a case, and what its queue promises.</summary>
public sealed record Placement(
    string Queue,
    string? Rule,
    Requirements Needs,
    int Class,
    double Boost,
    TimeSpan Credit,
    DateTimeOffset? FirstAnswerDue,
    DateTimeOffset? ResolutionDue,
    DateTimeOffset? StageAt);
