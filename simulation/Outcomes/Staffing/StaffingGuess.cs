using System.Collections.Immutable;
using RoutingGrid.Routing.Analytics;
using RoutingGrid.Simulation.Scenarios;

namespace RoutingGrid.Simulation.Outcomes.Staffing;

/// <summary>
/// Where the search begins: in each period and group, the agents that Erlang C asks for, as if the period went on for ever, nobody gave
/// up and every group served an even part of each of its types on its own. It need not be right; the nearer, the shorter the search.
/// </summary>
internal static class StaffingGuess
{
    public static StaffingPlan Of(Scenario scenario, StaffingTarget target) => new(
    [
        .. scenario.Groups.Select(group => scenario.Periods.Select((_, period) => Agents(scenario, target, group, period)).ToImmutableArray()),
    ]);

    private static int Agents(Scenario scenario, StaffingTarget target, StaffGroup group, int period)
    {
        var parts = scenario.Types
            .Where(type => group.Serves.Any(served => served.Type == type.Name))
            .Select(type => Part(scenario, group, type, period))
            .Where(part => part.PerSecond > 0)
            .ToList();
        if (parts.Count == 0) return 0;
        var perSecond = parts.Sum(part => part.PerSecond);
        var handling = parts.Sum(part => part.PerSecond * part.Handling) / perSecond;
        var within = parts.Min(part => part.Within);
        return RequiredAgents.ForServiceLevel(new Routing.Analytics.Traffic(perSecond, handling), target.Share, within);
    }

    /// <summary>What a group gets of a type, if all groups that serve it shared it evenly.</summary>
    private static (double PerSecond, double Handling, double Within) Part(Scenario scenario, StaffGroup group, ContactType type, int period)
    {
        var groups = scenario.Groups.Count(other => other.Serves.Any(served => served.Type == type.Name));
        // Who can serve several at once is taken to be so much faster.
        var atOnce = Math.Max(1, group.Channels.TryGetValue(type.Channel, out var limit) ? Math.Min(limit, group.Capacity) : group.Capacity);
        var handling = (type.Service[period].Mean + (group.WrapUp?.Mean ?? 0) + (group.Accept?.Mean ?? 0)) / atOnce;
        return (PerSecond(scenario, type, period) / groups, Math.Max(handling, 1e-3), type.Within.TotalSeconds);
    }

    private static double PerSecond(Scenario scenario, ContactType type, int period)
    {
        var (from, to) = scenario.Periods[period];
        return type.Arrivals switch
        {
            ArrivalProcess.Poisson poisson => poisson.PerHour[period] / 3600 * (poisson.DayFactor?.Mean ?? 1),
            ArrivalProcess.Recorded recorded => recorded.Times.Count(time => time >= from && time < to) / (to - from).TotalSeconds,
            _ => throw new InvalidOperationException($"{type.Name} arrives in an unknown way."),
        };
    }
}
