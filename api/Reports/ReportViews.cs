using System.Collections.Immutable;
using RoutingGrid.Routing.Reports;

namespace RoutingGrid.Api.Reports;

/// <summary>A report on the wire. What each figure means is in docs/REPORTS.md.</summary>
/// <param name="Zone">The time zone by whose clock days and intervals are cut. Moments are in UTC.</param>
/// <param name="AsOf">Until when what goes on is counted.</param>
internal sealed record ReportView<T>(string Zone, DateOnly From, DateOnly To, string Interval, DateTimeOffset AsOf, ImmutableArray<T> Items);

/// <summary>A queue in an interval: from its start, until just before its end.</summary>
/// <param name="TmeSeconds">Average wait of those assigned; 0 where there are none.</param>
/// <param name="TmoSeconds">Average handling time of those handled; 0 where there are none.</param>
/// <param name="ServiceLevel">Assigned in time, over assigned and abandoned, from 0 to 1; 1 where there are none.</param>
internal sealed record QueueIntervalView(
    string Queue, DateOnly Date, DateTimeOffset Start, DateTimeOffset End, long Arrived, long TransferredIn, long TransferredOut, long Assigned, long AssignedInTime,
    long Answered, long Abandoned, long Closed, long Handled, double TmeSeconds, double TmoSeconds, double ServiceLevel, double LongestWaitSeconds,
    double WaitSeconds, double HandlingSeconds)
{
    public static QueueIntervalView Of(ReportSpan span, string queue, QueueInterval? row)
    {
        var c = row?.Counts ?? default;
        return new(
            queue, span.Date, span.Start, span.End, c.Arrived, c.TransferredIn, c.TransferredOut, c.Assigned, c.AssignedInTime,
            c.Answered, c.Abandoned, c.Closed, c.Handled, Rounded(c.TmeSeconds), Rounded(c.TmoSeconds), Math.Round(c.ServiceLevel, 4), (row?.LongestWaitMs ?? 0) / 1000.0,
            c.WaitMs / 1000.0, c.HandlingMs / 1000.0);
    }

    internal static double Rounded(double seconds) => Math.Round(seconds, 3, MidpointRounding.AwayFromZero);
}

/// <summary>An agent on a day.</summary>
/// <param name="Open">Offers that have no end yet.</param>
/// <param name="Given">Cases that a person gave to the agent, without an offer.</param>
/// <param name="TmoSeconds">Average time of the handled cases in the agent's hands; 0 where there are none.</param>
/// <param name="Activities">Seconds signed in, by activity; they add up to <paramref name="SignedInSeconds"/>.</param>
internal sealed record AgentDayView(
    string Agent, DateOnly Date, DateTimeOffset Start, DateTimeOffset End, long Offers, long Accepted, long Declined, long RungOut, long Withdrawn, long Superseded, long Open,
    long Given, long Answers, long Handled, long Closed, double TmoSeconds, double HandlingSeconds, double SignedInSeconds,
    DateTimeOffset? FirstActivityAt, DateTimeOffset? LastActivityAt, ImmutableSortedDictionary<string, double> Activities)
{
    private static readonly ImmutableSortedDictionary<string, double> Nothing = ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal);

    public static AgentDayView Of(ReportSpan day, string agent, AgentDay? row)
    {
        var c = row?.Counts ?? default;
        return new(
            agent, day.Date, day.Start, day.End, c.Offers, c.Accepted, c.Declined, c.RungOut, c.Withdrawn, c.Superseded, c.Open,
            c.Given, c.Answers, c.Handled, c.Closed, QueueIntervalView.Rounded(c.TmoSeconds), c.HandlingMs / 1000.0, (row?.SignedInMs ?? 0) / 1000.0,
            Moment(row?.FirstAct), Moment(row?.LastAct),
            row?.Activities.ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Value / 1000.0, StringComparer.Ordinal) ?? Nothing);
    }

    private static DateTimeOffset? Moment(long? at) => at is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;
}
