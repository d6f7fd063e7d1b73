using FsCheck;
using FsCheck.Fluent;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Matching;

namespace RoutingGrid.Routing.Tests.Matching;

/// <summary>Whatever happens, in whatever order, the matcher decides as the reference does, and the invariants hold.</summary>
public sealed class MatcherProperties
{
    private static readonly Gen<Step> Steps =
        from what in Gen.Choose(0, 19)
        from a in Gen.Choose(0, 999)
        from b in Gen.Choose(0, 999)
        from c in Gen.Choose(0, 999)
        from d in Gen.Choose(0, 999)
        select new Step(what, a, b, c, d);

    private static readonly Gen<(int Seed, Step[] Steps)> Runs =
        from seed in Gen.Choose(0, 1_000_000)
        from count in Gen.Choose(1, 150)
        from steps in Gen.ArrayOf(Steps, count)
        select (seed, steps);

    [Fact]
    public void Decides_as_the_reference_does_and_keeps_the_invariants() => Law.Holds(Runs, Play, tests: 300, Shrink);

    [Fact]
    public void The_same_calls_give_the_same_proposals() => Law.Holds(Runs, run =>
    {
        Assert.Equal(Decisions(run), Decisions(run));
    }, tests: 100, Shrink);

    private static List<Proposal> Decisions((int Seed, Step[] Steps) run)
    {
        var world = new World(run.Seed);
        var all = new List<Proposal>();
        foreach (var step in run.Steps)
            if (world.Do(step)) all.AddRange(world.Match().Fast);
        return all;
    }

    private static void Play((int Seed, Step[] Steps) run)
    {
        var world = new World(run.Seed);
        foreach (var step in run.Steps.Append(new Step(19, 0, 0, 0, 0)))
        {
            if (step.D % 5 == 0) ExplainsWhatWouldHappen(world);
            if (!world.Do(step)) continue;
            var loads = world.Reference.Agents.Values.ToDictionary(a => a.AgentId, world.Reference.UsedUnits);
            var (fast, slow) = world.Match();
            var decided = fast.Select(p => (p.CaseId, p.AgentId, p.Stage, Eligible: p.Reason.Kind == ChoiceKind.Preferred ? -1 : p.Reason.Eligible));
            var expected = slow.Zip(fast.Concat(Enumerable.Repeat(default(Proposal), slow.Count)), (s, f) =>
                f.Reason.Kind == ChoiceKind.Preferred ? s with { Eligible = -1 } : s);
            Assert.True(decided.SequenceEqual(expected), $"{world.Log}\nbut decided {string.Join(", ", fast.Select(p => $"{p.CaseId}→{p.AgentId} at stage {p.Stage}, {p.Reason}"))}; expected {string.Join(", ", slow)}");
            Invariants.Hold(world, fast, loads);
        }
    }

    private static void ExplainsWhatWouldHappen(World world)
    {
        foreach (var waiting in world.Reference.Cases.Values)
        {
            var explanation = world.Matcher.Explain(waiting.CaseId, world.Now)!;
            foreach (var (agentId, whyNot) in explanation.Agents.Select(a => (a.AgentId, a.WhyNot)))
            {
                var could = world.Reference.Agents.TryGetValue(agentId, out var agent) && world.Reference.CanTake(waiting, agent, world.Now);
                Assert.True(could == whyNot is null or WhyNot.OthersFirst, $"{world.Log}\n{waiting.CaseId} and {agentId} at {world.Now}: {whyNot}, but {could}");
                if (agent is not null) Says(world, waiting, agent, whyNot);
            }
        }
    }

    /// <summary>The reason given is true.</summary>
    private static void Says(World world, WaitingCase waiting, AgentView agent, WhyNot? whyNot)
    {
        var (reference, now) = (world.Reference, world.Now);
        Assert.True(whyNot switch
        {
            WhyNot.Offline => agent.Presence == Presence.Offline && !agent.TakesWork,
            WhyNot.NotAvailable => !agent.TakesWork,
            WhyNot.Declined => reference.HasDeclined(waiting, agent, now) && reference.AnybodyElse(waiting, now),
            WhyNot.AlreadyAsked => reference.IsAsked(waiting, agent.AgentId),
            WhyNot.AskedEnough => !reference.WantsMore(waiting),
            WhyNot.ReservedForPreferred reserved => reference.WaitsFor(waiting, now) == reserved.AgentId && reserved.AgentId != agent.AgentId,
            WhyNot.NoCapacity => !reference.HasRoom(waiting, agent),
            WhyNot.OutsideHours => reference.AskedQueues(waiting, now).IsEmpty,
            WhyNot.OthersFirst others => others.Cases == reference.InOrder(now).TakeWhile(c => c.CaseId != waiting.CaseId).Count(c => reference.CanTake(c, agent, now)),
            null => reference.CanTake(waiting, agent, now),
            _ => !reference.CouldServe(waiting, agent, now),
        }, $"{world.Log}\n{waiting.CaseId} and {agent.AgentId}: {whyNot}");
    }

    private static IEnumerable<(int, Step[])> Shrink((int Seed, Step[] Steps) run)
    {
        for (var chunk = run.Steps.Length / 2; chunk >= 1; chunk /= 2)
            for (var at = 0; at + chunk <= run.Steps.Length; at += chunk)
                yield return (run.Seed, [.. run.Steps[..at], .. run.Steps[(at + chunk)..]]);
    }
}
