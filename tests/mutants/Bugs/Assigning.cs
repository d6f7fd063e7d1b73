using System.Collections.Immutable;
using RoutingGrid.Mutants.Tests.Planting;

namespace RoutingGrid.Mutants.Tests.Bugs;

/// <summary>Who gets a case, and whether two can.</summary>
internal static class Assigning
{
    public static ImmutableArray<Mutation> All => [OverlappingPasses, StaleWriter, ChangedEligibility, AutomaticOverridesManual, TwoAccept, TwoRouters];

    private static Mutation OverlappingPasses => new(
        "overlapping passes assign one case many times",
        "A pass does not know what the one before it has under way, and a case does not count who is being asked.",
        new Catcher.Seeds("none", 20, 4, "is offered to .* asks [0-9]+ at once"),
        [
            new("grains/Routing/RouterGrain.cs",
                "while (_matcher.Match(now, _proposals) > 0)",
                """
                foreach (var (caseId, agentId) in _asked.Keys.Order().ToArray()) _matcher.ProposalEnded(caseId, agentId);
                        if (_matcher.Match(now, _proposals) > 0)
                """),
            Layers.CaseCountsOffers,
        ]);

    private static Mutation StaleWriter => new(
        "a stale writer flips the holder",
        "The journal does not compare versions: the last writer wins.",
        new Catcher.Test("A_stale_writer_cannot_flip_the_holder", "Expected: TryAgain"),
        [new("journal/Memory/MemoryJournal.cs", "if (actual != stream.ExpectedVersion)", "if (actual < stream.ExpectedVersion)")]);

    private static Mutation ChangedEligibility => new(
        "eligibility changed between choosing and committing",
        "Nobody asks again, when an offer is made or accepted, whether the agent can have the case: what the router knew is believed.",
        new Catcher.Seeds("none", 20, 6, "is offered case .* while (Offline|Disconnected|Connected and)"),
        [
            new("routing/Cases/Offering.cs", "if (OfferChecks.Eligible(state, c.Agent, c.Units, c.Queue, c.Overflows, c.At) is { } refusal) return Decision.Refuse(refusal);", ""),
            new("routing/Cases/Offering.cs", "if (OfferChecks.Eligible(state, c.Agent, offer.Units, c.Queue, c.Overflows, c.At) is { } ineligible) return Decision.Refuse(ineligible);", ""),
            Layers.AgentChecksAccount,
            Layers.AgentChecksPresence,
            Layers.AgentChecksActivity,
        ]);

    private static Mutation AutomaticOverridesManual => new(
        "automatic overrides manual",
        "An offer is made whatever the case has become since it was chosen.",
        new Catcher.Seeds("none", 20, 4, "is Offered with holder '[a-z]+'"),
        [new("routing/Cases/Offering.cs", "if (!CaseTransitions.Allows(state.Status, CaseStatus.Offered)) return CaseDecisions.Illegal(state, CaseStatus.Offered);", "")]);

    private static Mutation TwoAccept => new(
        "two agents accept one offer",
        "The first acceptance leaves the offers to others alive.",
        new Catcher.Seeds("none", 20, 5, "is assigned while other offers of it live"),
        [
            new("routing/Cases/Offering.cs", "[.. CaseDecisions.EndOffers(state, c.At, OfferEnd.Superseded, but: c.OfferId), Accepted(c, c.OfferId, c.Agent.Id, offer.Units)]", "Accepted(c, c.OfferId, c.Agent.Id, offer.Units)"),
            new("routing/Cases/CaseFold.cs",
                """
                        Offers = [],
                        EndedOffers = e.OfferId is null
                """,
                """
                        Offers = state.Offers.RemoveAll(offer => offer.AgentId == e.AgentId),
                        EndedOffers = e.OfferId is null
                """),
        ]);

    private static Mutation TwoRouters => new(
        "the router runs twice for one pool",
        "Agents and cases tell two routers, and both propose; agent and case believe the router.",
        new Catcher.Seeds("none", 20, 1, "units of "),
        [
            new("grains/Cases/CaseNews.cs",
                """
                    internal void ToRouter(string workspace, string caseId, CaseState state) =>
                        _ = grains.GetGrain<IRouterGrain>(GrainKeys.Router(workspace)).CaseChanged(caseId, state);
                """,
                """
                    internal void ToRouter(string workspace, string caseId, CaseState state)
                    {
                        _ = grains.GetGrain<IRouterGrain>(GrainKeys.Router(workspace)).CaseChanged(caseId, state);
                        _ = grains.GetGrain<IRouterGrain>(GrainKeys.Of(workspace, "second")).CaseChanged(caseId, state);
                    }
                """),
            new("grains/Agents/AgentGrain.cs",
                "private async Task TellRouter() => _ = _router.AgentChanged(await View());",
                """
                private async Task TellRouter()
                    {
                        _ = _router.AgentChanged(await View());
                        _ = GrainFactory.GetGrain<IRouterGrain>(GrainKeys.Of(_workspace, "second")).AgentChanged(await View());
                    }
                """),
            Layers.CaseCountsOffers,
            Layers.AgentCountsUnits,
        ]);
}
