using System.Collections.Immutable;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Routing.Reports;

/// <summary>What reports must remember of an open case beside its state.</summary>
/// <param name="Again">It was closed and reopened: it neither arrives nor is waited for, answered or abandoned a second time.</param>
/// <param name="WaitingSince">When the wait began that goes on; null: it does not wait for an agent.</param>
/// <param name="HandlingMs">Time in hands that has ended, since it was opened or reopened.</param>
/// <param name="Hands">The agents in whose hands that was.</param>
public sealed record CaseWork(bool Again, long? WaitingSince, long HandlingMs, ImmutableArray<string> Hands)
{
    public static CaseWork None { get; } = new(false, null, 0, []);

    public bool Equals(CaseWork? other) =>
        other is not null && Again == other.Again && WaitingSince == other.WaitingSince && HandlingMs == other.HandlingMs && Hands.AsSpan().SequenceEqual(other.Hands.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Again, WaitingSince, HandlingMs, Hands.Length);
}

/// <summary>What each event of a case adds to reports. Clocks that run backwards between two servers make no negative times.</summary>
public static class FactsOfCases
{
    /// <summary>Adds what the event says, and answers what to remember until the next one.</summary>
    /// <param name="before">The state before the event.</param>
    /// <param name="after">The state that it makes.</param>
    /// <param name="serviceLevelSeconds">A queue's time within which a case counts as served in time, as configured when the event was written.</param>
    public static CaseWork Add(
        CaseWork work, CaseState before, DomainEvent happened, CaseState after, Func<string, int> serviceLevelSeconds, ICollection<ReportFact> facts)
    {
        if (before.Status == CaseStatus.Closed && after.IsOpen) work = CaseWork.None with { Again = true };
        ReportFact.AddActor(happened, facts);
        AddOffers(before, happened, after, facts);
        work = Handled(work, before, happened, after, facts);
        switch (happened)
        {
            case CaseQueued e:
                AddEntry(before, e, facts);
                break;
            case CaseAssigned e:
                AddAssignment(work, before, e, serviceLevelSeconds, facts);
                break;
            case CaseAnswered e:
                AddAnswer(work, before, e, facts);
                break;
            case CaseClosed e:
                AddClosing(work, before, e, facts);
                break;
        }
        return Waited(work, before, happened, after, facts);
    }

    private static void AddOffers(CaseState before, DomainEvent happened, CaseState after, ICollection<ReportFact> facts)
    {
        if (happened is CaseOffered made) facts.Add(new ReportFact.OfAgent(made.AgentId, ReportFact.Ms(made.At), new AgentCounts { Offers = 1 }));
        foreach (var offer in before.Offers)
            if (!after.Offers.Any(still => still.OfferId == offer.OfferId))
                facts.Add(new ReportFact.OfAgent(offer.AgentId, ReportFact.Ms(offer.MadeAt), Ended(End(offer, happened))));
    }

    private static OfferEnd End(Offer offer, DomainEvent happened) => happened switch
    {
        OfferEnded e when e.OfferId == offer.OfferId => e.End,
        CaseAssigned e => e.OfferId == offer.OfferId ? OfferEnd.Accepted : OfferEnd.Superseded,
        _ => OfferEnd.Withdrawn,
    };

    private static AgentCounts Ended(OfferEnd end) => end switch
    {
        OfferEnd.Accepted => new AgentCounts { Accepted = 1 },
        OfferEnd.Declined => new AgentCounts { Declined = 1 },
        OfferEnd.TimedOut => new AgentCounts { RungOut = 1 },
        OfferEnd.Withdrawn => new AgentCounts { Withdrawn = 1 },
        _ => new AgentCounts { Superseded = 1 },
    };

    /// <summary>A time in hands ends when the case is no longer assigned, or is to somebody else.</summary>
    private static CaseWork Handled(CaseWork work, CaseState before, DomainEvent happened, CaseState after, ICollection<ReportFact> facts)
    {
        if (before.Status != CaseStatus.Assigned || (after.Status == CaseStatus.Assigned && happened is not CaseAssigned)) return work;
        var (holder, at) = (before.Holder!, ReportFact.Ms(happened.At));
        var time = Math.Max(0, at - ReportFact.Ms(before.AssignedAt!.Value));
        var known = work.Hands.Contains(holder);
        facts.Add(new ReportFact.OfAgent(holder, at, new AgentCounts { Handled = known ? 0 : 1, HandlingMs = time, Closed = happened is CaseClosed ? 1 : 0 }));
        return work with { HandlingMs = work.HandlingMs + time, Hands = known ? work.Hands : work.Hands.Add(holder) };
    }

    private static void AddEntry(CaseState before, CaseQueued e, ICollection<ReportFact> facts)
    {
        if (before.Status == CaseStatus.None)
        {
            facts.Add(new ReportFact.OfQueue(e.Queue, ReportFact.Ms(e.At), new QueueCounts { Arrived = 1 }));
        }
        else if (before.Status != CaseStatus.Closed && before.Queue != e.Queue)
        {
            facts.Add(new ReportFact.OfQueue(before.Queue, ReportFact.Ms(e.At), new QueueCounts { TransferredOut = 1 }));
            facts.Add(new ReportFact.OfQueue(e.Queue, ReportFact.Ms(e.At), new QueueCounts { TransferredIn = 1 }));
        }
    }

    private static void AddAssignment(CaseWork work, CaseState before, CaseAssigned e, Func<string, int> serviceLevelSeconds, ICollection<ReportFact> facts)
    {
        var at = ReportFact.Ms(e.At);
        if (e.Manual) facts.Add(new ReportFact.OfAgent(e.AgentId, at, new AgentCounts { Given = 1 }));
        if (work.Again || before.FirstAssignedAt is not null) return;
        var wait = Math.Max(0, at - ReportFact.Ms(before.CreatedAt));
        var inTime = wait <= serviceLevelSeconds(before.Queue) * 1000L;
        facts.Add(new ReportFact.OfQueue(before.Queue, at, new QueueCounts { Assigned = 1, AssignedInTime = inTime ? 1 : 0, WaitMs = wait }));
    }

    private static void AddAnswer(CaseWork work, CaseState before, CaseAnswered e, ICollection<ReportFact> facts)
    {
        var at = ReportFact.Ms(e.At);
        facts.Add(new ReportFact.OfAgent(e.AgentId, at, new AgentCounts { Answers = 1 }));
        if (!work.Again && before.FirstAnsweredAt is null) facts.Add(new ReportFact.OfQueue(before.Queue, at, new QueueCounts { Answered = 1 }));
    }

    private static void AddClosing(CaseWork work, CaseState before, CaseClosed e, ICollection<ReportFact> facts)
    {
        var abandoned = e.Kind == CloseKind.Abandoned && !work.Again && before.FirstAssignedAt is null;
        var handled = !work.Hands.IsEmpty;
        facts.Add(new ReportFact.OfQueue(before.Queue, ReportFact.Ms(e.At), new QueueCounts
        {
            Closed = 1, Abandoned = abandoned ? 1 : 0, Handled = handled ? 1 : 0, HandlingMs = handled ? work.HandlingMs : 0,
        }));
    }

    /// <summary>A wait goes on through changes of queue, each of which ends a part of it.</summary>
    private static CaseWork Waited(CaseWork work, CaseState before, DomainEvent happened, CaseState after, ICollection<ReportFact> facts)
    {
        var (waited, waits, at) = (Waits(before), Waits(after), ReportFact.Ms(happened.At));
        if (waited && (!waits || happened is CaseQueued))
        {
            var from = ReportFact.Ms(before.QueuedAt);
            facts.Add(new ReportFact.Waited(before.Queue, from, Math.Max(from, at), work.WaitingSince ?? from));
        }
        return waits == waited ? work : work with { WaitingSince = waits ? at : null };
    }

    private static bool Waits(CaseState state) => state.Status is CaseStatus.Queued or CaseStatus.Offered;
}
