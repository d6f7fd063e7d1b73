using System.Collections.Immutable;

namespace RoutingGrid.Routing.Cases;

/// <summary>What each event makes of a case.</summary>
public static class CaseFold
{
    private const int RememberedCommands = 16;
    private const int RememberedOffers = 8;

    /// <summary>The next state. An event that is not a case's is a programming error.</summary>
    public static CaseState Evolve(CaseState state, DomainEvent happened)
    {
        // The stamp is part of each copy below: a state is large, and is copied once per event.
        var stamp = new Stamp(state.Version + 1, Commands.Remember(state.RecentCommands, happened.CommandId, RememberedCommands));
        return Apply(state, happened, stamp);
    }

    /// <summary>The state after several events.</summary>
    public static CaseState Evolve(CaseState state, ImmutableArray<DomainEvent> events)
    {
        foreach (var happened in events) state = Evolve(state, happened);
        return state;
    }

    private readonly record struct Stamp(long Version, ImmutableArray<string> Commands);

    private static CaseState Apply(CaseState state, DomainEvent happened, Stamp stamp) => happened switch
    {
        CaseOpened e => Opened(state, e, stamp),
        MessageReceived e => state with { Version = stamp.Version, RecentCommands = stamp.Commands, Messages = state.Messages + 1, NextAnswerDue = state.NextAnswerDue ?? e.AnswerDue },
        CaseQueued e => Queued(state, e, stamp),
        PriorityChanged e => state with { Version = stamp.Version, RecentCommands = stamp.Commands, Class = e.Class, Boost = e.Boost },
        StageReached e => state with { Version = stamp.Version, RecentCommands = stamp.Commands, Stage = e.Stage, NextStageAt = e.NextStageAt },
        CaseOffered e => Offered(state, e, stamp),
        OfferEnded e => Ended(state, e, stamp),
        CaseAssigned e => Assigned(state, e, stamp),
        CaseAnswered e => state with
        {
            Version = stamp.Version,
            RecentCommands = stamp.Commands,
            Answers = state.Answers + 1,
            FirstAnsweredAt = state.FirstAnsweredAt ?? e.At,
            FirstAnswerDue = null,
            NextAnswerDue = null,
        },
        TargetMissed e => Missed(state, e.Target, stamp),
        CaseWaiting e => Waiting(state, e, stamp),
        CaseEscalated e => state with
        {
            Version = stamp.Version,
            RecentCommands = stamp.Commands,
            Holder = null,
            HeldUnits = 0,
            Excess = false,
            Offers = [],
            Status = CaseStatus.Escalated,
            EscalatedTo = e.To,
            FollowUpAt = e.FollowUpAt,
            NextStageAt = null,
        },
        CaseClosed e => Closed(state, e, stamp),
        CaseCustomerErased e => Erased(state, e, stamp),
        NoteAdded or AutomaticAnswerSent => state with { Version = stamp.Version, RecentCommands = stamp.Commands },
        _ => throw new ArgumentException($"{happened.GetType().Name} is not an event of a case.", nameof(happened)),
    };

    private static CaseState Opened(CaseState state, CaseOpened e, Stamp stamp) => state with
    {
        Version = stamp.Version,
        RecentCommands = stamp.Commands,
        CustomerId = e.CustomerId,
        CustomerName = e.CustomerName,
        Channel = e.Channel,
        Account = e.Account,
        Thread = e.Thread,
        Surface = e.Surface,
        Profile = e.Profile,
        Previous = e.Previous,
        CreatedAt = e.At,
    };

    private static CaseState Queued(CaseState state, CaseQueued e, Stamp stamp) => state with
    {
        Version = stamp.Version,
        RecentCommands = stamp.Commands,
        Holder = null,
        HeldUnits = 0,
        Excess = false,
        Offers = [],
        Status = CaseStatus.Queued,
        Queue = e.Queue,
        Rule = e.Rule,
        Needs = e.Needs,
        Class = e.Class,
        Boost = e.Boost,
        Stage = 0,
        PreferredAgent = e.PreferredAgent,
        PreferredUntil = e.PreferredUntil,
        VirtualStart = e.VirtualStart,
        QueuedAt = e.At,
        FirstAnswerDue = e.FirstAnswerDue,
        ResolutionDue = e.ResolutionDue,
        NextStageAt = e.StageAt,
        WaitingFor = null,
        WakeAt = null,
        EscalatedTo = null,
        FollowUpAt = null,
        CloseKind = null,
        Rating = null,
        Reason = null,
        ClosedAt = null,
        ReopenUntil = null,
    };

    private static CaseState Offered(CaseState state, CaseOffered e, Stamp stamp) => state with
    {
        Version = stamp.Version,
        RecentCommands = stamp.Commands,
        Status = CaseStatus.Offered,
        RoutedBecause = e.Reason,
        Offers = state.Offers.Add(new Offer(e.OfferId, e.AgentId, e.Units, e.At, e.ExpiresAt)),
    };

    private static CaseState Ended(CaseState state, OfferEnded e, Stamp stamp)
    {
        var offers = state.Offers.RemoveAll(offer => offer.OfferId == e.OfferId);
        var declines = e is { End: OfferEnd.Declined, DeclinedUntil: { } until }
            ? state.Declines.RemoveAll(decline => decline.AgentId == e.AgentId).Add(new Decline(e.AgentId, until, e.AvailabilityEpoch))
            : state.Declines;
        return state with
        {
            Version = stamp.Version,
            RecentCommands = stamp.Commands,
            Status = offers.IsEmpty && state.Status == CaseStatus.Offered ? CaseStatus.Queued : state.Status,
            Offers = offers,
            Declines = declines,
            EndedOffers = Remember(state.EndedOffers, new EndedOffer(e.OfferId, e.AgentId, e.End)),
        };
    }

    private static CaseState Assigned(CaseState state, CaseAssigned e, Stamp stamp) => state with
    {
        Version = stamp.Version,
        RecentCommands = stamp.Commands,
        Status = CaseStatus.Assigned,
        Offers = [],
        EndedOffers = e.OfferId is null ? state.EndedOffers : Remember(state.EndedOffers, new EndedOffer(e.OfferId, e.AgentId, OfferEnd.Accepted)),
        Declines = [],
        Holder = e.AgentId,
        LastHolder = e.AgentId,
        HeldUnits = e.Units,
        Excess = e.Excess,
        RoutedBecause = e.Reason ?? state.RoutedBecause,
        AssignedAt = e.At,
        FirstAssignedAt = state.FirstAssignedAt ?? e.At,
        NextStageAt = null,
        WaitingFor = null,
        WakeAt = null,
        EscalatedTo = null,
        FollowUpAt = null,
        CloseKind = null,
        Rating = null,
        Reason = null,
        ClosedAt = null,
        ReopenUntil = null,
    };

    private static CaseState Waiting(CaseState state, CaseWaiting e, Stamp stamp) => state with
    {
        Version = stamp.Version,
        RecentCommands = stamp.Commands,
        Holder = e.KeepsCapacity ? state.Holder : null,
        HeldUnits = e.KeepsCapacity ? state.HeldUnits : 0,
        Excess = e.KeepsCapacity && state.Excess,
        Offers = e.KeepsCapacity ? state.Offers : [],
        Status = CaseStatus.Waiting,
        WaitingFor = e.For,
        WakeAt = e.Until,
        NextAnswerDue = null,
        EscalatedTo = null,
        FollowUpAt = null,
        NextStageAt = null,
    };

    private static CaseState Closed(CaseState state, CaseClosed e, Stamp stamp) => state with
    {
        Version = stamp.Version,
        RecentCommands = stamp.Commands,
        Holder = null,
        HeldUnits = 0,
        Excess = false,
        Offers = [],
        Status = CaseStatus.Closed,
        CloseKind = e.Kind,
        Rating = e.Rating,
        Reason = e.Reason,
        ClosedAt = e.At,
        ReopenUntil = e.ReopenUntil,
        Declines = [],
        FirstAnswerDue = null,
        NextAnswerDue = null,
        ResolutionDue = null,
        NextStageAt = null,
        WaitingFor = null,
        WakeAt = null,
        EscalatedTo = null,
        FollowUpAt = null,
    };

    /// <summary>What is left of a closed case is what statistics need. Nobody reopens it.</summary>
    private static CaseState Erased(CaseState state, CaseCustomerErased e, Stamp stamp) => state with
    {
        Version = stamp.Version,
        RecentCommands = [],
        CustomerId = e.Pseudonym,
        CustomerName = null,
        Thread = "",
        Profile = state.Profile?.WithoutPersonalData(),
        ReopenUntil = null,
        ErasedAt = e.At,
    };

    private static CaseState Missed(CaseState state, DeadlineKind target, Stamp stamp) => target switch
    {
        DeadlineKind.FirstAnswer => state with { Version = stamp.Version, RecentCommands = stamp.Commands, FirstAnswerDue = null },
        DeadlineKind.NextAnswer => state with { Version = stamp.Version, RecentCommands = stamp.Commands, NextAnswerDue = null },
        _ => state with { Version = stamp.Version, RecentCommands = stamp.Commands, ResolutionDue = null },
    };

    private static ImmutableArray<EndedOffer> Remember(ImmutableArray<EndedOffer> ended, EndedOffer offer) =>
        (ended.Length < RememberedOffers ? ended : ended.RemoveAt(0)).Add(offer);
}
