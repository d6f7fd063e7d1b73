using System.Collections.Immutable;
using RoutingGrid.Mutants.Tests.Planting;

namespace RoutingGrid.Mutants.Tests.Bugs;

/// <summary>What agents are given: more than they can take, not theirs to answer, while they are away, all to one.</summary>
internal static class Asking
{
    public static ImmutableArray<Mutation> All => [BurstExceedsCapacity, BurstRingsOne, OfflineReceives, OfflineKeeps, NoPermission];

    private static Mutation BurstExceedsCapacity => new(
        "a burst exceeds capacity",
        "The router counts what agents hold and not what is on its way to them, and the agent believes the router.",
        new Catcher.Seeds("none", 20, 1, "units of "),
        [
            new("routing/Matching/AgentEntry.cs", "foreach (var proposal in _proposals) units += proposal.Units;", ""),
            Layers.AgentCountsUnits,
        ]);

    private static Mutation BurstRingsOne => new(
        "a burst all rings the same agent",
        "The choice compares what agents hold and since when they are idle, and not what is on its way to them.",
        new Catcher.Test("A_burst_rings_everybody_before_it_rings_anybody_twice", "Expected: 1"),
        [
            new("routing/Matching/AgentEntry.cs", "foreach (var proposal in _proposals) idle = Math.Max(idle, proposal.At);", ""),
            new("routing/Matching/Chooser.cs", "new Candidate(agent, bucket.Used, server", "new Candidate(agent, agent.View.Load.Units, server"),
        ]);

    private static Mutation OfflineReceives => new(
        "an offline agent receives work",
        "The router asks whoever is available by their activity, there or not, and the agent believes the router.",
        new Catcher.Seeds("none", 20, 6, "while (Offline|Disconnected)"),
        [
            new("grains/Agents/AgentGrain.View.cs", "profile is not null && _state.TakesWork", "profile is not null && _state.ActivityAvailable"),
            Layers.AgentChecksPresence,
        ]);

    private static Mutation OfflineKeeps => new(
        "an offline agent keeps work",
        "Who signs out, or is gone, counts as done with their work.",
        new Catcher.Seeds("none", 20, 6, "is gone and keeps case"),
        [new("grains/Agents/AgentGrain.Presence.cs", "if (_state.ReleaseWorkAt is not null) await GiveBack();", "if (_state.ReleaseWorkAt is not null) await Carry(new AgentCommand.ConfirmRelease { At = Now });")]);

    private static Mutation NoPermission => new(
        "the assignee lacks permission to answer",
        "Nobody asks whether the agent may answer from the case's account.",
        new Catcher.Seeds("none", 20, 6, "no permission for account"),
        [
            new("routing/Matching/Eligibility.cs", "if (!MayAnswerFrom(agent, account)) return new WhyNot.AccountNotPermitted(account);", ""),
            Layers.AgentChecksAccount,
        ]);
}
