using RoutingGrid.Routing.Matching;

namespace RoutingGrid.Routing.Tests.Matching;

/// <summary>What must hold after every pass, said without the reference's order of decisions.</summary>
internal static class Invariants
{
    /// <param name="before">Units in use per agent before the pass.</param>
    public static void Hold(World world, List<Proposal> made, Dictionary<string, int> before)
    {
        var (reference, now) = (world.Reference, world.Now);
        foreach (var proposal in made)
        {
            var (waiting, agent) = (reference.Cases[proposal.CaseId], reference.Agents[proposal.AgentId]);
            Assert.True(agent.TakesWork, world.Log);
            Assert.True(reference.CouldServe(waiting, agent, now), world.Log);
            Assert.True(agent.Profile.Accounts.IsEmpty || agent.Profile.Accounts.Contains(waiting.Account), world.Log);
            Assert.True(reference.UsedUnits(agent) <= agent.Profile.Capacity, world.Log);
            Assert.True(agent.Profile.Channels.IsEmpty || reference.CasesOf(agent, waiting.Channel) <= agent.Profile.Channels[waiting.Channel], world.Log);
            Assert.Equal(waiting.Version, proposal.CaseVersion);
            Assert.Equal(agent.Version, proposal.AgentVersion);
            Assert.Equal(reference.UnitsOf(waiting), proposal.Units);
        }
        foreach (var waiting in reference.Cases.Values)
            foreach (var agent in reference.Agents.Values)
                Assert.False(reference.CanTake(waiting, agent, now), $"{world.Log}\n{waiting.CaseId} waits and {agent.AgentId} is free");
        foreach (var (agentId, units) in made.GroupBy(p => p.AgentId).Select(g => (g.Key, g.Sum(p => p.Units))))
            Assert.Equal(before[agentId] + units, reference.UsedUnits(reference.Agents[agentId]));
        EqualsKeepTheirOrder(world, made);
    }

    /// <summary>Among cases of equal requirements that wait for nobody in particular and were declined by nobody, a later one is only
    /// served when the earlier ones are.</summary>
    private static void EqualsKeepTheirOrder(World world, List<Proposal> made)
    {
        var served = made.Select(p => p.CaseId).ToHashSet();
        var plain = world.Reference.InOrder(world.Now).Where(c => c.PreferredAgent is null && c.Declines.IsEmpty && c.Asked.IsEmpty
            && (served.Contains(c.CaseId) || world.Reference.WantsMore(c)));
        foreach (var equals in plain.GroupBy(c => (c.Queue, c.Channel, c.Account, c.Needs, Stage: world.Matcher.Explain(c.CaseId, world.Now)!.Stage)))
        {
            var missed = equals.SkipWhile(c => served.Contains(c.CaseId)).FirstOrDefault(c => !world.Reference.Proposals.Any(p => p.CaseId == c.CaseId));
            var jumped = missed is null ? null : equals.SkipWhile(c => c.CaseId != missed.CaseId).FirstOrDefault(c => served.Contains(c.CaseId));
            Assert.True(jumped is null, $"{world.Log}\n{jumped?.CaseId} was served before {missed?.CaseId}");
        }
    }
}
