using System.Collections.Immutable;

namespace RoutingGrid.Routing.Cases;

/// <summary>What every command does to a case in every state: the one switch of its state machine.</summary>
public static class CaseDecisions
{
    /// <summary>The events that carry out the command, none where it was carried out before or changes nothing, or the first
    /// refusal in the order of <see cref="RefusalCode"/>.</summary>
    public static Decision Decide(CaseState state, CaseCommand command)
    {
        if (Commands.Knows(state.RecentCommands, command.CommandId)) return Decision.Nothing;
        if (state.Status == CaseStatus.None && command is not CaseCommand.Receive) return Decision.Refuse(RefusalCode.CaseUnknown, "There is no such case.");
        if (command.IfVersion is { } seen && seen != state.Version)
            return Decision.Refuse(RefusalCode.VersionMismatch, $"The case is at version {state.Version}, not {seen}: read it again and decide anew.");
        return command switch
        {
            CaseCommand.Receive c => Receiving.Decide(state, c),
            CaseCommand.MakeOffer c => Offering.Make(state, c),
            CaseCommand.AcceptOffer c => Offering.Accept(state, c),
            CaseCommand.DeclineOffer c => Offering.Decline(state, c),
            CaseCommand.EndOffer c => Offering.End(state, c),
            CaseCommand.Assign c => Assign(state, c),
            CaseCommand.Answer c => Answer(state, c),
            CaseCommand.Wait c => Wait(state, c),
            CaseCommand.Escalate c => Escalate(state, c),
            CaseCommand.SendToQueue c => SendToQueue(state, c),
            CaseCommand.Close c => Close(state, c),
            CaseCommand.AddNote c => AddNote(state, c),
            CaseCommand.ChangePriority c => ChangePriority(state, c),
            CaseCommand.AnswerAutomatically c => state.IsOpen
                ? Decision.Of(new AutomaticAnswerSent { At = c.At, By = c.By, CommandId = c.CommandId, Text = c.Text })
                : Decision.Nothing,
            CaseCommand.Due c => DueDeadlines.Decide(state, c),
            _ => throw new ArgumentException($"{command.GetType().Name} is not decided here.", nameof(command)),
        };
    }

    /// <summary>The refusal of a transition that the table does not have; it names both states.</summary>
    internal static Decision Illegal(CaseState state, CaseStatus to) =>
        Decision.Refuse(RefusalCode.IllegalTransition, $"A case that is {state.Status} cannot become {to}.");

    /// <summary>Ends every live offer, so that the case can go elsewhere; each offer ends exactly once.</summary>
    internal static ImmutableArray<DomainEvent> EndOffers(CaseState state, DateTimeOffset at, OfferEnd end, string? but = null) =>
        [.. state.Offers.Where(offer => offer.OfferId != but).Select(offer => new OfferEnded { At = at, OfferId = offer.OfferId, AgentId = offer.AgentId, End = end })];

    internal static CaseQueued Queued(CaseState state, CaseCommand command, Placement placement, QueuedBecause because, TimeSpan preferSameAgent)
    {
        var prefers = preferSameAgent > TimeSpan.Zero ? state.LastHolder : null;
        // Only a beginning makes promises: a return must not move those that the customer has been waiting for.
        var begins = state.Status == CaseStatus.None || because == QueuedBecause.Reopened;
        return new CaseQueued
        {
            At = command.At,
            By = command.By,
            CommandId = command.CommandId,
            Queue = placement.Queue,
            Because = because,
            Rule = placement.Rule,
            VirtualStart = begins ? command.At - placement.Credit : state.VirtualStart,
            Needs = placement.Needs,
            Class = placement.Class,
            Boost = placement.Boost,
            PreferredAgent = prefers,
            PreferredUntil = prefers is null ? null : command.At + preferSameAgent,
            FirstAnswerDue = begins ? placement.FirstAnswerDue : state.FirstAnswerDue,
            ResolutionDue = begins ? placement.ResolutionDue : state.ResolutionDue,
            StageAt = placement.StageAt,
        };
    }

    private static Decision Assign(CaseState state, CaseCommand.Assign c)
    {
        if (!CaseTransitions.Allows(state.Status, CaseStatus.Assigned)) return Illegal(state, CaseStatus.Assigned);
        // After its window the customer may have another case in the thread.
        if (state.Status == CaseStatus.Closed && !Receiving.Continues(state, c.At)) return Illegal(state, CaseStatus.Assigned);
        if (state.Status == CaseStatus.Assigned && state.Holder == c.AgentId) return Decision.Nothing;
        var assigned = new CaseAssigned
        {
            At = c.At, By = c.By, CommandId = c.CommandId,
            AgentId = c.AgentId, Units = c.Units, Manual = true, Excess = c.Excess, From = state.Holder, Reason = "assigned by a person",
        };
        return Decision.Of([.. EndOffers(state, c.At, OfferEnd.Superseded), assigned]);
    }

    private static Decision Answer(CaseState state, CaseCommand.Answer c)
    {
        if (state.Status != CaseStatus.Assigned)
            return Decision.Refuse(RefusalCode.IllegalTransition, $"A case that is {state.Status} cannot be answered: it must be Assigned.");
        if (NotHolder(state, c.AgentId) is { } refused) return refused;
        if (c.Account is not null && c.Account != state.Account)
            return Decision.Refuse(RefusalCode.WrongAccount, $"The customer wrote to account '{state.Account}'; an answer from '{c.Account}' is not permitted.");
        return Decision.Of(new CaseAnswered
        {
            At = c.At, By = c.By, CommandId = c.CommandId, ReplyId = c.ReplyId, AgentId = c.AgentId, Account = state.Account, Text = c.Text,
        });
    }

    private static Decision Wait(CaseState state, CaseCommand.Wait c)
    {
        if (!CaseTransitions.Allows(state.Status, CaseStatus.Waiting)) return Illegal(state, CaseStatus.Waiting);
        if (NotHolder(state, c.AgentId) is { } refused) return refused;
        if (c.Until <= c.At) return Decision.Refuse(RefusalCode.InvalidValue, "until: the time to wait for must be in the future.");
        return Decision.Of(new CaseWaiting
        {
            At = c.At, By = c.By, CommandId = c.CommandId, For = c.For, Until = c.Until, KeepsCapacity = c.KeepsCapacity && state.Holder is not null, Note = c.Note,
        });
    }

    private static Decision Escalate(CaseState state, CaseCommand.Escalate c)
    {
        if (!CaseTransitions.Allows(state.Status, CaseStatus.Escalated)) return Illegal(state, CaseStatus.Escalated);
        if (NotHolder(state, c.AgentId) is { } refused) return refused;
        if (c.FollowUpAt <= c.At) return Decision.Refuse(RefusalCode.InvalidValue, "followUpAt: the time to follow up must be in the future.");
        return Decision.Of(new CaseEscalated { At = c.At, By = c.By, CommandId = c.CommandId, To = c.To, FollowUpAt = c.FollowUpAt, Note = c.Note });
    }

    private static Decision SendToQueue(CaseState state, CaseCommand.SendToQueue c)
    {
        if (state.Status != CaseStatus.Offered && !CaseTransitions.Allows(state.Status, CaseStatus.Queued)) return Illegal(state, CaseStatus.Queued);
        if (state.Status == CaseStatus.Closed) return Illegal(state, CaseStatus.Queued);
        if (NotHolder(state, c.AgentId) is { } refused) return refused;
        if (state.Status == CaseStatus.Queued && state.Queue == c.Placement.Queue) return Decision.Nothing;
        return Decision.Of([.. EndOffers(state, c.At, OfferEnd.Withdrawn), Queued(state, c, c.Placement, c.Because, c.PreferSameAgent)]);
    }

    private static Decision Close(CaseState state, CaseCommand.Close c)
    {
        if (state.Status == CaseStatus.Closed) return Illegal(state, CaseStatus.Closed);
        if (c.Kind == CloseKind.Abandoned && state.Status is not (CaseStatus.Queued or CaseStatus.Offered)) return Illegal(state, CaseStatus.Closed);
        if (NotHolder(state, c.AgentId) is { } refused) return refused;
        var closed = new CaseClosed { At = c.At, By = c.By, CommandId = c.CommandId, Kind = c.Kind, Rating = c.Rating, Reason = c.Reason, ReopenUntil = c.ReopenUntil };
        return Decision.Of([.. EndOffers(state, c.At, OfferEnd.Withdrawn), closed]);
    }

    private static Decision AddNote(CaseState state, CaseCommand.AddNote c) => state.ErasedAt is not null
        ? Decision.Refuse(RefusalCode.IllegalTransition, "The customer of this case was erased: nothing can be added to it.")
        : Decision.Of(new NoteAdded { At = c.At, By = c.By, CommandId = c.CommandId, Text = c.Text });

    private static Decision ChangePriority(CaseState state, CaseCommand.ChangePriority c)
    {
        if (!state.IsOpen) return Decision.Refuse(RefusalCode.IllegalTransition, "The priority of a case that is Closed cannot change.");
        if (c.Class is < 0 or > 9) return Decision.Refuse(RefusalCode.InvalidValue, "class: must be from 0 to 9.");
        if (state.Class == c.Class && state.Boost.Equals(c.Boost)) return Decision.Nothing;
        return Decision.Of(new PriorityChanged { At = c.At, By = c.By, CommandId = c.CommandId, Class = c.Class, Boost = c.Boost });
    }

    /// <summary>An agent must hold the case; null stands for a supervisor or the system, who need not.</summary>
    private static Decision? NotHolder(CaseState state, string? agentId) => agentId is null || state.Holder == agentId
        ? null
        : Decision.Refuse(RefusalCode.NotHolder, state.Holder is null ? "Nobody holds this case now." : "Another agent holds this case.");
}
