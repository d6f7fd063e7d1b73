using RoutingGrid.Simulation.Outcomes;
using RoutingGrid.Simulation.Scenarios;

namespace RoutingGrid.Simulation.Tests.Theory;

/// <summary>What is compared. The name is the one in the table.</summary>
internal enum TheoryFigure { InTime, WaitOfAll, WaitOfServed, Abandoned, Blocked, QueueLength, Occupancy, WaitOfFirst, WaitOfLast }

internal static class TheoryFigures
{
    /// <summary>What the replications come to, in the first period.</summary>
    public static Estimate Simulated(this TheoryFigure figure, Outcome outcome, IEnumerable<Replication> replications) => figure switch
    {
        TheoryFigure.InTime => outcome.Total.In(0, Metrics.ServiceLevel),
        TheoryFigure.WaitOfAll => outcome.Total.In(0, Metrics.MeanWaitOfAll),
        TheoryFigure.WaitOfServed => outcome.Total.In(0, Metrics.MeanWait),
        TheoryFigure.Abandoned => outcome.Total.In(0, Metrics.AbandonedShare),
        TheoryFigure.Blocked => Estimators.Of([.. replications.Select(one => new Ratio(one.Types[0].Periods[0].Blocked, one.Types[0].Periods[0].Arrived))]),
        TheoryFigure.QueueLength => outcome.Total.In(0, Metrics.MeanQueueLength),
        TheoryFigure.Occupancy => outcome.Groups[0].In(0, Metrics.Occupancy),
        TheoryFigure.WaitOfFirst => outcome.Types[0].In(0, Metrics.MeanWaitOfAll),
        TheoryFigure.WaitOfLast => outcome.Types[^1].In(0, Metrics.MeanWaitOfAll),
        _ => throw new ArgumentOutOfRangeException(nameof(figure), figure, null),
    };
}
