using RoutingGrid.Simulation.Outcomes;

namespace RoutingGrid.Simulation.Tests.Outcomes;

/// <summary>The figures of a day that can be added up by hand: see <see cref="MadeUp.Day"/>.</summary>
public sealed class OutcomeTests
{
    [Fact]
    public void Figures_of_a_type_add_up_its_periods()
    {
        var calls = MadeUp.Days(3).Types[0];
        Assert.Equal("calls", calls.Name);
        Assert.Equal(32, calls[Metrics.Arrived].Mean); // 11, 12, 13 and three times 20
        Assert.Equal(16, calls[Metrics.Served].Mean);
        Assert.Equal(16, calls[Metrics.Abandoned].Mean);
        Assert.Equal(0.5, calls[Metrics.AbandonedShare].Mean);
        Assert.Equal(0.5, calls[Metrics.ServiceLevel].Mean);
        Assert.Equal(10, calls[Metrics.MeanWait].Mean);
        Assert.Equal(320.0 / 3600, calls[Metrics.MeanQueueLength].Mean!.Value, 9);
    }

    [Fact]
    public void The_total_weighs_by_contacts()
    {
        var total = MadeUp.Days(3).Total;
        Assert.Equal(42, total[Metrics.Arrived].Mean);
        Assert.Equal(26.0 / 42, total[Metrics.ServiceLevel].Mean!.Value, 9);
        Assert.Equal(210.0 / 26, total[Metrics.MeanWait].Mean!.Value, 9);
        Assert.Equal(370.0 / 3600, total[Metrics.MeanQueueLength].Mean!.Value, 9);
    }

    [Fact]
    public void Who_was_turned_away_counts_for_the_service_level_and_not_for_the_wait()
    {
        var day = MadeUp.Day(1);
        var blocked = day with { Types = [day.Types[0] with { Periods = [MadeUp.Counts(10, 5, 10) with { Abandoned = 0, Blocked = 5, WaitOfAllSeconds = 50 }, default] }] };
        var total = Outcome.Of([blocked]).Total;
        Assert.Equal(0.5, total[Metrics.ServiceLevel].Mean);
        Assert.Equal(10, total[Metrics.MeanWaitOfAll].Mean);
    }

    [Fact]
    public void Periods_have_figures_of_their_own_and_none_where_nobody_came()
    {
        var outcome = MadeUp.Days(3);
        Assert.Equal(12, outcome.Types[0].In(0, Metrics.Arrived).Mean);
        Assert.Equal(20, outcome.Types[0].In(1, Metrics.Arrived).Mean);
        Assert.Null(outcome.Types[1].In(1, Metrics.ServiceLevel).Mean);
        Assert.Equal(0.4, outcome.Total.In(1, Metrics.ServiceLevel).Mean!.Value, 9);
    }

    [Fact]
    public void Groups_have_occupancy_and_how_many_were_there()
    {
        var front = MadeUp.Days(3).Groups[0];
        Assert.Equal((900 + 1798.0) / 3600, front[Metrics.Occupancy].Mean!.Value, 9);
        Assert.Equal(0.5, front.In(0, Metrics.Occupancy).Mean);
        Assert.Equal(1, front[Metrics.Staffed].Mean);
    }

    [Fact]
    public void The_order_in_which_replications_end_does_not_matter()
    {
        var forward = Outcome.Of([MadeUp.Day(1), MadeUp.Day(2), MadeUp.Day(3)]);
        var backward = Outcome.Of([MadeUp.Day(3), MadeUp.Day(1), MadeUp.Day(2)]);
        foreach (var (a, b) in forward.Subjects.Zip(backward.Subjects))
            Assert.Equal(a.Whole.Select(figure => figure.Estimate), b.Whole.Select(figure => figure.Estimate));
    }
}
