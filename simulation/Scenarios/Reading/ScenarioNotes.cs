using System.Collections.Immutable;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Simulation.Scenarios.Reading;

/// <summary>What is allowed, and may still not be what somebody means.</summary>
internal static class ScenarioNotes
{
    public static ImmutableArray<string> Of(Scenario scenario, WorkspaceConfiguration partial, Preferences preferences)
    {
        var notes = ImmutableArray.CreateBuilder<string>();
        foreach (var type in scenario.Types)
            if (!scenario.Groups.Any(group => group.Agents.Any(count => count > 0) && group.Serves.Any(served => served.Type == type.Name)))
                notes.Add($"No agent serves {type.Name}: its contacts give up, or remain.");
        if (!partial.Rules.IsEmpty)
        {
            foreach (var type in scenario.Types.Where(type => type.Class > 0)) notes.Add($"The workspace's rules decide the class of {type.Name}, not types[].class.");
            return notes.DrainToImmutable();
        }
        foreach (var pair in preferences.Contradictions)
            notes.Add($"Some groups prefer one of {pair}, and some the other. Waiting cases have one order for all agents, so of these two the one that waits longest is taken first.");
        foreach (var queue in partial.Queues)
            if (queue.Strategy != RoutingStrategy.BestSkill && scenario.Types.Any(type => type.Queue == queue.Name && IsPreferred(scenario, type.Name)))
                notes.Add($"Queue {queue.Name} chooses agents by {queue.Strategy}, not by how much their groups prefer its types.");
        return notes.DrainToImmutable();
    }

    private static bool IsPreferred(Scenario scenario, string type) =>
        scenario.Groups.SelectMany(group => group.Serves).Where(served => served.Type == type).Select(served => served.Level).Distinct().Count() > 1;
}
