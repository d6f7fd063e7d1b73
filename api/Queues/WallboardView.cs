using System.Collections.Immutable;
using RoutingGrid.GrainInterfaces.Live;

namespace RoutingGrid.Api.Queues;

/// <summary>Everything that a wallboard shows.</summary>
/// <param name="Decisions">The newest routing decisions with their reasons.</param>
internal sealed record WallboardView(
    DateTimeOffset At, ImmutableArray<QueueNumbersView> Queues, QueueNumbersView Total, ImmutableArray<ActivityCountView> Activities,
    ImmutableArray<DecisionView> Decisions)
{
    public static WallboardView Of(WallboardSnapshot s) => new(
        s.At, [.. s.Queues.Select(QueueNumbersView.Of)], QueueNumbersView.Of(s.Total),
        [.. s.Activities.Select(a => new ActivityCountView(a.Activity, a.Available, a.Agents))],
        [.. s.Decisions.Select(d => new DecisionView(d.At, d.What, d.CaseId, d.Queue, d.AgentId, d.Reason))]);
}

/// <summary>A queue's numbers.</summary>
/// <param name="Waiting">Cases that nobody is asked about.</param>
/// <param name="LongestWaitSeconds">Of the cases waiting or offered now.</param>
/// <param name="TmeSeconds">Average wait until first assigned; 0 where there are none.</param>
/// <param name="TmoSeconds">Average handling time, from first assigned until closed; 0 where there are none.</param>
/// <param name="ServiceLevel">Share of assigned or abandoned cases that were assigned in time; 1 where there are none.</param>
internal sealed record QueueNumbersView(
    string Queue, int Waiting, int Offered, int InHands, double LongestWaitSeconds, long Arrived, long Assigned, long Answered, long Closed, long Abandoned,
    double TmeSeconds, double TmoSeconds, double ServiceLevel)
{
    public static QueueNumbersView Of(QueueNumbers n) => new(
        n.Queue, n.Waiting, n.Offered, n.InHands, n.LongestWaitSeconds, n.Arrived, n.Assigned, n.Answered, n.Closed, n.Abandoned,
        n.TmeSeconds, n.TmoSeconds, n.ServiceLevel);
}

/// <summary>How many agents do what.</summary>
internal sealed record ActivityCountView(string Activity, bool Available, int Agents);

/// <summary>A routing decision.</summary>
/// <param name="What"><c>offered</c>, <c>assigned</c>, <c>declined</c>, <c>rang out</c>, <c>queued</c> …</param>
internal sealed record DecisionView(DateTimeOffset At, string What, string CaseId, string Queue, string? Agent, string? Reason);
