using System.Collections.Immutable;
using RoutingGrid.Routing.Matching;

namespace RoutingGrid.Routing.Cases;

/// <summary>The offer's state machine: Pending until exactly one of Accepted, Declined, TimedOut, Withdrawn, Superseded.</summary>
internal static class Offering
{
    public static Decision Make(CaseState state, CaseCommand.MakeOffer c)
    {
        if (!CaseTransitions.Allows(state.Status, CaseStatus.Offered)) return CaseDecisions.Illegal(state, CaseStatus.Offered);
        if (OfferChecks.Eligible(state, c.Agent, c.Units, c.Queue, c.Overflows, c.At) is { } refusal) return Decision.Refuse(refusal);
        if (!c.Again && Declined(state, c)) return Decision.Refuse(RefusalCode.DeclinedBefore, $"{c.Agent.Id} declined this case a short while ago.");
        if (state.Offers.Any(offer => offer.AgentId == c.Agent.Id)) return Decision.Refuse(RefusalCode.OffersExhausted, $"{c.Agent.Id} is being asked already.");
        if (state.Offers.Length >= c.Queue.OffersAtOnce) return Decision.Refuse(RefusalCode.OffersExhausted, "Enough agents are being asked already.");
        var offered = new CaseOffered
        {
            At = c.At, By = c.By, CommandId = c.CommandId,
            OfferId = c.OfferId, AgentId = c.Agent.Id, Units = c.Units, ExpiresAt = c.ExpiresAt, Reason = c.Reason, Stage = Stages.At(c.Queue, state.QueuedAt, c.At),
        };
        return c.Queue.AutoAssign
            ? Decision.Of([offered, .. CaseDecisions.EndOffers(state, c.At, OfferEnd.Superseded), Accepted(c, c.OfferId, c.Agent.Id, c.Units)])
            : Decision.Of(offered);
    }

    public static Decision Accept(CaseState state, CaseCommand.AcceptOffer c)
    {
        var (offer, refused) = Find(state, c.OfferId, c.Agent.Id);
        if (refused is { } refusal) return refusal;
        if (offer!.ExpiresAt <= c.At) return Decision.Refuse(RefusalCode.OfferExpired, "The time to accept this offer is over.");
        if (OfferChecks.Eligible(state, c.Agent, offer.Units, c.Queue, c.Overflows, c.At) is { } ineligible) return Decision.Refuse(ineligible);
        return Decision.Of([.. CaseDecisions.EndOffers(state, c.At, OfferEnd.Superseded, but: c.OfferId), Accepted(c, c.OfferId, c.Agent.Id, offer.Units)]);
    }

    public static Decision Decline(CaseState state, CaseCommand.DeclineOffer c)
    {
        var (_, refused) = Find(state, c.OfferId, c.AgentId);
        if (refused is { } refusal) return refusal;
        return Decision.Of(new OfferEnded
        {
            At = c.At, By = c.By, CommandId = c.CommandId,
            OfferId = c.OfferId, AgentId = c.AgentId, End = OfferEnd.Declined, DeclinedUntil = c.Until, AvailabilityEpoch = c.Epoch,
        });
    }

    public static Decision End(CaseState state, CaseCommand.EndOffer c)
    {
        var (offer, refused) = Find(state, c.OfferId, c.AgentId);
        if (refused is { } refusal) return refusal;
        if (c.End == OfferEnd.TimedOut && offer!.ExpiresAt > c.At) return Decision.Nothing;
        return Decision.Of(new OfferEnded { At = c.At, By = c.By, CommandId = c.CommandId, OfferId = c.OfferId, AgentId = c.AgentId, End = c.End });
    }

    private static CaseAssigned Accepted(CaseCommand c, string offerId, string agentId, int units) => new()
    {
        At = c.At, By = c.By, CommandId = c.CommandId, AgentId = agentId, OfferId = offerId, Units = units,
    };

    private static bool Declined(CaseState state, CaseCommand.MakeOffer c)
    {
        foreach (var decline in state.Declines)
            if (decline.AgentId == c.Agent.Id && decline.Until > c.At && decline.Epoch == c.Epoch) return true;
        return false;
    }

    private static (Offer? Offer, Decision? Refused) Find(CaseState state, string offerId, string agentId)
    {
        foreach (var offer in state.Offers)
        {
            if (offer.OfferId != offerId) continue;
            return offer.AgentId == agentId ? (offer, null) : (null, NotYours);
        }
        foreach (var ended in state.EndedOffers)
        {
            if (ended.OfferId != offerId) continue;
            if (ended.AgentId != agentId) return (null, NotYours);
            return ended.End == OfferEnd.TimedOut
                ? (null, Decision.Refuse(RefusalCode.OfferExpired, "The time to answer this offer is over."))
                : (null, Decision.Refuse(RefusalCode.OfferEnded, $"This offer has ended: {ended.End}."));
        }
        return (null, Decision.Refuse(RefusalCode.OfferUnknown, "There is no such offer of this case."));
    }

    private static Decision NotYours => Decision.Refuse(RefusalCode.OfferNotYours, "This offer was made to another agent.");
}
