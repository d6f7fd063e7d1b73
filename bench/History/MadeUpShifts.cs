using System.Collections.Immutable;
using RoutingGrid.Journal;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Agents;

namespace RoutingGrid.Bench.History;

/// <summary>The working days of the agents who handle <see cref="MadeUpCases"/>: eight hours with a break in each.</summary>
internal static class MadeUpShifts
{
    private const int Hours = 8;

    /// <summary>All days of one agent in one append.</summary>
    public static Append Of(int number)
    {
        var events = ImmutableArray.CreateBuilder<DomainEvent>();
        for (var day = 0; day < MadeUpCases.Days; day++)
        {
            var begins = MadeUpCases.Start.AddDays(day).AddHours(6 + (number % 8)).AddMinutes(number % 60);
            var (session, by) = ($"desk-{day}", $"agent:{MadeUpCases.Agents[number]}");
            events.Add(new SessionStarted { At = begins, By = by, SessionId = session });
            events.Add(Enter(begins, by, "available", ActivityBecause.SignedIn));
            for (var hour = 1; hour < Hours; hour++)
            {
                events.Add(Enter(begins.AddHours(hour), by, "break", ActivityBecause.Chosen));
                events.Add(Enter(begins.AddHours(hour).AddMinutes(5), by, "available", ActivityBecause.Chosen));
            }
            events.Add(new SessionEnded { At = begins.AddHours(Hours), By = by, SessionId = session, End = SessionEnd.SignedOut });
            events.Add(Enter(begins.AddHours(Hours), by, "offline", ActivityBecause.SignedOut));
        }
        return new Append(new StreamAppend(new StreamId(StreamKind.Agent, MadeUpCases.Workspace, MadeUpCases.Agents[number]), 0, events.ToImmutable()), []);
    }

    private static ActivityChanged Enter(DateTimeOffset at, string by, string activity, ActivityBecause because) =>
        new() { At = at, By = by, Activity = activity, Available = activity == "available", Because = because };
}
