using RoutingGrid.Simulation.Outcomes;
using RoutingGrid.Simulation.Scenarios;

namespace RoutingGrid.Simulation.Tests.Outcomes;

public sealed class ReplicationSetTests
{
    [Fact]
    public void How_many_run_at_a_time_changes_nothing()
    {
        var alone = Figures(ReplicationSet.Run(SmallCenter.Morning(), 6, 3, parallel: 1));
        var together = Figures(ReplicationSet.Run(SmallCenter.Morning(), 6, 3, parallel: 4));
        Assert.Equal([1, 2, 3, 4, 5, 6], ReplicationSet.Run(SmallCenter.Morning(), 6, 3, parallel: 4).Select(one => one.Number));
        Assert.Equal(alone, together);
        Assert.NotEqual(alone, Figures(ReplicationSet.Run(SmallCenter.Morning(), 6, 4, parallel: 4)));
    }

    [Fact]
    public void What_was_stopped_ends()
    {
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (var replication in ReplicationSet.Run(SmallCenter.Morning(), 100_000, 1, 2, cancel: stop.Token)) stop.Cancel();
        });
    }

    [Fact]
    public void Who_has_seen_enough_need_not_wait_for_the_rest() =>
        Assert.Equal([1, 2], ReplicationSet.Run(SmallCenter.Morning(), 100_000, 1, 2).Take(2).Select(one => one.Number));

    /// <summary>The same contacts, whatever the staffing: what makes differences those of the scenarios.</summary>
    [Fact]
    public void Two_staffings_get_the_same_contacts_and_one_agent_more_is_a_real_difference()
    {
        var few = Outcome.Of(ReplicationSet.Run(SmallCenter.ErlangC(4), 10, 1, 2));
        var more = Outcome.Of(ReplicationSet.Run(SmallCenter.ErlangC(5), 10, 1, 2));
        var comparison = Comparison.Of(few, more);
        Assert.Equal(Verdict.Same, Total(Metrics.Arrived).Verdict);
        Assert.Equal(Verdict.Real, Total(Metrics.MeanWait).Verdict);
        Assert.True(Total(Metrics.MeanWait).Difference.Mean < 0);
        // The pairing pays: the difference is known better than either side.
        Assert.True(Total(Metrics.ServiceLevel).Difference.HalfWidth < Total(Metrics.ServiceLevel).FirstFigure.Estimate.HalfWidth);

        ComparedFigure Total(Metric metric) => comparison.Figures.Single(figure => figure.First.Kind == SubjectKind.Total && figure.Metric == metric);
    }

    private static string[] Figures(IEnumerable<Replication> replications) =>
        [.. Outcome.Of(replications).Subjects.SelectMany(subject => subject.Periods.Prepend(subject.Whole)).SelectMany(figures => figures).Select(figure => $"{figure.Metric.Field} {figure.Estimate}")];
}
