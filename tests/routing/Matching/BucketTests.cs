using FsCheck;
using FsCheck.Fluent;
using RoutingGrid.Routing.Matching;
using static RoutingGrid.Routing.Tests.Matching.Given;

namespace RoutingGrid.Routing.Tests.Matching;

/// <summary>Agents who may stand for each other, of whom some may not be asked.</summary>
public sealed class BucketTests
{
    private static readonly Gen<(int[] Idle, bool[] Excluded, bool[] Left)> Worlds =
        from count in Gen.Choose(1, 60)
        from idle in Gen.ArrayOf(Gen.Choose(0, 20), count)
        from excluded in Gen.ArrayOf(Gen.Elements(true, true, false), count)
        from left in Gen.ArrayOf(Gen.Elements(true, false, false), count)
        select (idle, excluded, left);

    [Fact]
    public void The_first_who_may_be_asked_is_found_among_those_who_may_not() => Law.Holds(Worlds, world =>
    {
        var agents = new AgentTable();
        var bucket = new AgentBucket(agents);
        var excluded = new List<AgentEntry>();
        for (var i = 0; i < world.Idle.Length; i++)
        {
            var agent = agents.Add(Agent($"a{i:00}"));
            agent.Idle = world.Idle[i];
            bucket.Add(agent);
            if (world.Excluded[i]) excluded.Add(agent);
        }
        foreach (var agent in agents.All.Where(a => world.Left[a.Slot])) bucket.Remove(agent);
        var there = agents.All.Where(a => !world.Left[a.Slot]).OrderBy(a => a.Idle).ThenBy(a => a.Id, StringComparer.Ordinal).ToList();
        Assert.Equal(there.Count, bucket.Live);
        if (there.Count == 0) return;
        Assert.Equal(there[0].Id, bucket.First.Id);
        Assert.Equal(there.FirstOrDefault(a => !excluded.Contains(a))?.Id, bucket.FirstBut(excluded)?.Id);
    }, tests: 300);
}
