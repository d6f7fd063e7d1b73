using System.Collections.Immutable;
using RoutingGrid.Simulation.Scenarios;
using RoutingGrid.Simulation.Scenarios.Running;

namespace RoutingGrid.Simulation.Tests.Scenarios;

/// <summary>One type, one group, first come first served, without any grain: who starts when follows from who was there before.</summary>
internal static class ReferenceQueue
{
    /// <summary>What a run of the scenario must come to.</summary>
    public static ImmutableArray<TypeOutcome> Play(Scenario scenario, ulong seed)
    {
        var tally = new RunTally(scenario);
        var most = scenario.Limits is [var limit] ? limit.Waiting : int.MaxValue;
        var free = new PriorityQueue<int, TimeSpan>(Enumerable.Range(0, scenario.Groups[0].Agents[0]).Select(agent => (agent, TimeSpan.Zero)));
        var leaves = new List<TimeSpan>();
        foreach (var contact in Arrivals.Of(scenario, seed))
        {
            leaves.RemoveAll(leave => leave <= contact.Arrival);
            free.TryPeek(out var agent, out var at);
            var start = at > contact.Arrival ? at : contact.Arrival;
            var gives = contact.Patience is { } patience && contact.Arrival + patience < start;
            if (start > contact.Arrival && leaves.Count >= most) tally.Blocked(0, contact.Arrival);
            else if (gives) tally.Abandoned(0, contact.Arrival, Wait(contact.Arrival + contact.Patience!.Value));
            else
            {
                tally.Served(0, contact.Arrival, Wait(start));
                free.DequeueEnqueue(agent, start + contact.Service);
            }
        }
        return tally.Types;

        TimeSpan Wait(TimeSpan until)
        {
            leaves.Add(until);
            return until;
        }
    }
}
