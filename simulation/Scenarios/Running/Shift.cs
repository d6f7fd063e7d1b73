using System.Collections.Immutable;

namespace RoutingGrid.Simulation.Scenarios.Running;

/// <summary>A stretch of periods in which an agent is there.</summary>
/// <param name="Last">It runs to the end of the day: the agent stays until nobody waits.</param>
internal readonly record struct Shift(TimeSpan Start, TimeSpan End, bool Last)
{
    /// <summary>Of the agent of that number, from 0: the first ones of a group are there whenever anybody is.</summary>
    public static ImmutableArray<Shift> Of(Scenario scenario, StaffGroup group, int number)
    {
        var shifts = ImmutableArray.CreateBuilder<Shift>();
        for (var i = 0; i < group.Agents.Length; i++)
        {
            if (group.Agents[i] <= number) continue;
            var first = i;
            while (i + 1 < group.Agents.Length && group.Agents[i + 1] > number) i++;
            shifts.Add(new Shift(scenario.Periods[first].From, scenario.Periods[i].To, i == group.Agents.Length - 1));
        }
        return shifts.DrainToImmutable();
    }
}
