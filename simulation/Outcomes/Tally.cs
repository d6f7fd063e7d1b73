using RoutingGrid.Simulation.Scenarios;

namespace RoutingGrid.Simulation.Outcomes;

/// <summary>Adding up. Types of one period share its seconds; periods of one type add theirs.</summary>
internal static class Tally
{
    public static ContactCounts OfTypes(IEnumerable<ContactCounts> types)
    {
        ContactCounts[] all = [.. types];
        return all.Aggregate(Sum) with { ObservedSeconds = all.Max(counts => counts.ObservedSeconds) };
    }

    public static ContactCounts OfPeriods(IEnumerable<ContactCounts> periods) => periods.Aggregate(Sum);

    public static AgentTime OfPeriods(IEnumerable<AgentTime> periods) =>
        periods.Aggregate((a, b) => new AgentTime(a.Busy + b.Busy, a.Staffed + b.Staffed, a.Observed + b.Observed));

    private static ContactCounts Sum(ContactCounts a, ContactCounts b) => new()
    {
        Arrived = a.Arrived + b.Arrived,
        Served = a.Served + b.Served,
        Abandoned = a.Abandoned + b.Abandoned,
        Blocked = a.Blocked + b.Blocked,
        Remaining = a.Remaining + b.Remaining,
        ServedInTime = a.ServedInTime + b.ServedInTime,
        WaitOfServedSeconds = a.WaitOfServedSeconds + b.WaitOfServedSeconds,
        WaitOfAllSeconds = a.WaitOfAllSeconds + b.WaitOfAllSeconds,
        QueueSeconds = a.QueueSeconds + b.QueueSeconds,
        ObservedSeconds = a.ObservedSeconds + b.ObservedSeconds,
    };
}
