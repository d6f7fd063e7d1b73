using System.Collections.Immutable;

namespace RoutingGrid.Simulation.Replay;

/// <summary>An agent of the replay: when they work, in order and without overlap, and which types they serve.</summary>
public sealed record PlannedAgent(string Name, ImmutableArray<Interval> Shifts, ImmutableSortedSet<string> Skills)
{
    /// <summary>The sum of the shifts.</summary>
    public TimeSpan Staffed => Shifts.Aggregate(TimeSpan.Zero, (sum, shift) => sum + shift.Length);
}

/// <summary>Who works when, as far as the file shows it: breaks within half an hour and after-call work are not in it.</summary>
internal static class Staffing
{
    private static readonly TimeSpan LongestGap = TimeSpan.FromMinutes(30);

    /// <summary>
    /// The agents who were seen to serve from the first to the last day, by name. A service after midnight belongs to the day of its
    /// line, so that the evening's last call prolongs the evening's shift.
    /// </summary>
    /// <param name="month">All lines: skills are what an agent served at any time in the month.</param>
    /// <param name="from">The first day of shifts.</param>
    /// <param name="to">The last.</param>
    public static ImmutableArray<PlannedAgent> Agents(IReadOnlyCollection<CallRecord> month, DateOnly from, DateOnly to)
    {
        var agents = month.Where(call => call is { Outcome: RecordedOutcome.Served, Server: not null })
            .GroupBy(call => call.Server!)
            .OrderBy(lines => lines.Key, StringComparer.Ordinal)
            .Select(lines => new PlannedAgent(
                lines.Key,
                Shifts(lines.Where(call => call.Date >= from && call.Date <= to)),
                lines.Select(call => call.Type).ToImmutableSortedSet(StringComparer.Ordinal)));
        return [.. agents.Where(agent => agent.Shifts.Length > 0)];
    }

    private static ImmutableArray<Interval> Shifts(IEnumerable<CallRecord> lines)
    {
        var ofDays = lines.GroupBy(call => call.Date)
            .SelectMany(day => Join(day.Select(CountingRules.SeenService).OfType<Interval>(), LongestGap));
        return [.. Join(ofDays, TimeSpan.Zero)]; // a call past midnight can run into a call of the next day
    }

    /// <summary>
    /// Stretches joined across gaps up to this long. The gap is measured from the latest end so far: two calls of one agent
    /// overlap in the file more often than clocks explain, and the one that began first may end last.
    /// </summary>
    private static IEnumerable<Interval> Join(IEnumerable<Interval> stretches, TimeSpan gap)
    {
        Interval? current = null;
        foreach (var next in stretches.OrderBy(stretch => stretch.Start))
        {
            if (current is { } open && next.Start - open.End <= gap)
                current = open with { End = next.End > open.End ? next.End : open.End };
            else
            {
                if (current is { } done) yield return done;
                current = next;
            }
        }
        if (current is { } last) yield return last;
    }
}
