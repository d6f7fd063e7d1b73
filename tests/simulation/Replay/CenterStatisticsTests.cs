using RoutingGrid.Simulation.Replay;

namespace RoutingGrid.Simulation.Tests.Replay;

public sealed class CenterStatisticsTests
{
    [Theory]
    [InlineData(0.1, 1)]
    [InlineData(0.5, 5)]
    [InlineData(0.9, 9)]
    [InlineData(0.91, 10)]
    [InlineData(1, 10)]
    public void A_percentile_is_the_nearest_rank(double share, double expected)
    {
        var waits = new WaitStatistics();
        foreach (var seconds in new[] { 10, 3, 7, 1, 9, 2, 8, 4, 6, 5 }) waits.Add(TimeSpan.FromSeconds(seconds), served: true);
        Assert.Equal(expected, waits.PercentileSeconds(share));
    }

    [Fact]
    public void Waits_are_over_all_calls()
    {
        var waits = new WaitStatistics();
        waits.Add(TimeSpan.Zero, served: true);
        waits.Add(TimeSpan.FromSeconds(30), served: true);
        waits.Add(TimeSpan.FromSeconds(60), served: false);
        Assert.Equal((3, 2, 1), (waits.Calls, waits.Served, waits.Abandoned));
        Assert.Equal(30, waits.MeanWaitSeconds);
        Assert.Equal(2 / 3.0, waits.WaitedShare, 1e-12);
        Assert.Equal(60, waits.PercentileSeconds(0.9));
    }

    [Fact]
    public void Nothing_is_zero()
    {
        var waits = new WaitStatistics();
        Assert.Equal((0, 0.0, 0.0, 0.0), (waits.Calls, waits.WaitedShare, waits.MeanWaitSeconds, waits.PercentileSeconds(0.9)));
    }

    [Fact]
    public void Recorded_occupancy_counts_a_second_once_where_calls_overlap()
    {
        // Ten minutes of work: two calls over minutes 0 to 4 of which one minute is both, and one over minute 9 to 10.
        var recorded = BankText.Plan(BankText.Read(
            Service("10:00:00", "10:03:00", "PS"), Service("10:02:00", "10:04:00", "NE"), Service("10:09:00", "10:10:00", "NE"),
            Service("10:09:30", "10:09:40", "NE"))).Recorded;
        Assert.Equal(0.5, recorded.Total.Occupancy, 1e-12);
        Assert.Equal(0.3, recorded.ByType["PS"].Occupancy, 1e-12);
        Assert.Equal(0.2, recorded.ByType["NE"].Occupancy, 1e-12);
    }

    [Fact]
    public void A_call_that_runs_over_prolongs_the_working_time()
    {
        var plan = BankText.Plan(BankText.Read(BankText.Line(service: "120")));
        var late = new ReplayedCall(plan.Calls[0], TimeSpan.FromSeconds(60), "ANAT");
        var total = CenterStatistics.Of(plan, [late]).Total;
        Assert.Equal(120 / 180.0, total.Occupancy, 1e-12);
        Assert.Equal((1, 0, 60), (total.Served, total.Abandoned, total.MeanWaitSeconds));
    }

    [Fact]
    public void Every_call_ends_exactly_once()
    {
        var plan = BankText.Plan(BankText.Read(BankText.Line(), BankText.Line()));
        var first = new ReplayedCall(plan.Calls[0], TimeSpan.Zero, null);
        Assert.Throws<ArgumentException>(() => CenterStatistics.Of(plan, [first]));
        Assert.Throws<ArgumentException>(() => CenterStatistics.Of(plan, [first, first]));
    }

    private static string Service(string start, string end, string type) => BankText.Line(exit: start, start: start, end: end, type: type);
}
