using System.Collections.Immutable;

namespace RoutingGrid.Routing.Cases;

/// <summary>The promises about time that a case's state implies. The journal keeps a row of each.</summary>
public static class CaseDeadlines
{
    /// <summary>Every deadline on which the case itself is called. Those of its offers are its agents': <see cref="OfOffer"/>.</summary>
    public static ImmutableArray<Deadline> Of(CaseState state)
    {
        if (state.FirstAnswerDue is null && state.NextAnswerDue is null && state.ResolutionDue is null
            && state.NextStageAt is null && state.WakeAt is null && state.FollowUpAt is null)
            return [];
        var deadlines = ImmutableArray.CreateBuilder<Deadline>(3);
        Add(DeadlineKind.FirstAnswer, state.FirstAnswerDue);
        Add(DeadlineKind.NextAnswer, state.NextAnswerDue);
        Add(DeadlineKind.Resolution, state.ResolutionDue);
        Add(DeadlineKind.Stage, state.NextStageAt);
        Add(DeadlineKind.WakeUp, state.WakeAt);
        Add(DeadlineKind.FollowUp, state.FollowUpAt);
        return deadlines.DrainToImmutable();

        void Add(DeadlineKind kind, DateTimeOffset? due)
        {
            if (due is { } at) deadlines.Add(new Deadline(kind, "", at));
        }
    }

    /// <summary>The deadline at which the offer's agent has let it ring out.</summary>
    public static Deadline OfOffer(string caseId, Offer offer) => new(DeadlineKind.OfferExpires, $"{caseId}/{offer.OfferId}", offer.ExpiresAt);
}
