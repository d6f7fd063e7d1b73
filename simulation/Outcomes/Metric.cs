using System.Collections.Immutable;
using RoutingGrid.Simulation.Scenarios;

namespace RoutingGrid.Simulation.Outcomes;

public enum Unit
{
    /// <summary>Per replication.</summary>
    Contacts,
    Agents,
    Seconds,

    /// <summary>From 0 to 1; shown to people in percent.</summary>
    Share,
}

/// <summary>Something that is measured.</summary>
/// <param name="Field">Its name in JSON and CSV, for good.</param>
/// <param name="Title">Its heading for people, without the unit.</param>
/// <param name="Digits">Decimals shown to people.</param>
public sealed record Metric(string Field, string Title, Unit Unit, int Digits = 1);

/// <summary>Agent time of a group, with how long was watched.</summary>
internal readonly record struct AgentTime(double Busy, double Staffed, double Observed);

/// <summary>All that is measured; docs/SIMULATION.md says what each means, to the letter.</summary>
public static class Metrics
{
    public static readonly Metric Arrived = new("arrived", "arrived", Unit.Contacts);
    public static readonly Metric Served = new("served", "served", Unit.Contacts);
    public static readonly Metric Abandoned = new("abandoned", "abandoned", Unit.Contacts);
    public static readonly Metric Blocked = new("blocked", "blocked", Unit.Contacts);
    public static readonly Metric Remaining = new("remaining", "remaining", Unit.Contacts);
    public static readonly Metric AbandonedShare = new("abandonedShare", "share abandoned", Unit.Share);
    public static readonly Metric MeanWait = new("meanWaitSeconds", "wait of served", Unit.Seconds);
    public static readonly Metric MeanWaitOfAll = new("meanWaitAllSeconds", "wait of all", Unit.Seconds);
    public static readonly Metric ServiceLevel = new("serviceLevel", "service level", Unit.Share);
    public static readonly Metric MeanQueueLength = new("meanQueueLength", "queue", Unit.Contacts, Digits: 2);
    public static readonly Metric Occupancy = new("occupancy", "occupancy", Unit.Share);
    public static readonly Metric Staffed = new("meanAgents", "agents", Unit.Agents);

    /// <summary>Of contact types and of all of them together.</summary>
    internal static readonly ImmutableArray<(Metric Metric, Func<ContactCounts, Ratio> Of)> OfContacts =
    [
        (Arrived, counts => new Ratio(counts.Arrived, 1)),
        (Served, counts => new Ratio(counts.Served, 1)),
        (Abandoned, counts => new Ratio(counts.Abandoned, 1)),
        (Blocked, counts => new Ratio(counts.Blocked, 1)),
        (Remaining, counts => new Ratio(counts.Remaining, 1)),
        (AbandonedShare, counts => new Ratio(counts.Abandoned, counts.Arrived)),
        (MeanWait, counts => new Ratio(counts.WaitOfServedSeconds, counts.Served)),
        (MeanWaitOfAll, counts => new Ratio(counts.WaitOfAllSeconds, counts.Arrived - counts.Blocked)),
        (ServiceLevel, counts => new Ratio(counts.ServedInTime, counts.Arrived)),
        (MeanQueueLength, counts => new Ratio(counts.QueueSeconds, counts.ObservedSeconds)),
    ];

    /// <summary>Of groups of agents.</summary>
    internal static readonly ImmutableArray<(Metric Metric, Func<AgentTime, Ratio> Of)> OfAgents =
    [
        (Occupancy, time => new Ratio(time.Busy, time.Staffed)),
        (Staffed, time => new Ratio(time.Staffed, time.Observed)),
    ];
}
