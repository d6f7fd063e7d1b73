using System.Collections.Immutable;
using RoutingGrid.Routing.Reports;

namespace RoutingGrid.Journal.History.Reports;

/// <summary>The columns in which counts are kept, in the order of all statements and rows.</summary>
internal static class ReportColumns
{
    internal static readonly ImmutableArray<(string Name, Func<QueueCounts, long> Of)> OfQueues =
    [
        ("arrived", c => c.Arrived), ("transferred_in", c => c.TransferredIn), ("transferred_out", c => c.TransferredOut), ("assigned", c => c.Assigned),
        ("assigned_in_time", c => c.AssignedInTime), ("wait_ms", c => c.WaitMs), ("answered", c => c.Answered), ("abandoned", c => c.Abandoned),
        ("closed", c => c.Closed), ("handled", c => c.Handled), ("handling_ms", c => c.HandlingMs),
    ];

    internal static readonly ImmutableArray<(string Name, Func<AgentCounts, long> Of)> OfAgents =
    [
        ("offers", c => c.Offers), ("accepted", c => c.Accepted), ("declined", c => c.Declined), ("rung_out", c => c.RungOut), ("withdrawn", c => c.Withdrawn),
        ("superseded", c => c.Superseded), ("given", c => c.Given), ("answers", c => c.Answers), ("handled", c => c.Handled), ("handling_ms", c => c.HandlingMs),
        ("closed", c => c.Closed),
    ];

    /// <param name="number">The value of the n-th of <see cref="OfQueues"/>.</param>
    internal static QueueCounts Queue(Func<int, long> number) => new()
    {
        Arrived = number(0), TransferredIn = number(1), TransferredOut = number(2), Assigned = number(3), AssignedInTime = number(4), WaitMs = number(5),
        Answered = number(6), Abandoned = number(7), Closed = number(8), Handled = number(9), HandlingMs = number(10),
    };

    /// <param name="number">The value of the n-th of <see cref="OfAgents"/>.</param>
    internal static AgentCounts Agent(Func<int, long> number) => new()
    {
        Offers = number(0), Accepted = number(1), Declined = number(2), RungOut = number(3), Withdrawn = number(4), Superseded = number(5),
        Given = number(6), Answers = number(7), Handled = number(8), HandlingMs = number(9), Closed = number(10),
    };
}
