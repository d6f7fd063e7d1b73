using RoutingGrid.Routing.Analytics;

namespace RoutingGrid.Routing.Tests.Analytics;

/// <summary>Erlang A, with and without a limit of the queue, against what it becomes at its ends, and against a step-by-step computation.</summary>
public sealed class ErlangATests
{
    [Theory]
    [InlineData(1, 0.7, 180, 60, null)]
    [InlineData(3, 6, 180, 30, null)]
    [InlineData(12, 11, 180, 120, null)]
    [InlineData(40, 44, 240, 400, null)]
    [InlineData(2, 8, 60, 15, 3)]
    [InlineData(10, 9.5, 180, double.PositiveInfinity, null)]
    [InlineData(10, 14, 180, double.PositiveInfinity, 12)]
    [InlineData(25, 25, 180, 90, 1)]
    public void Waits_are_what_a_walk_through_the_line_gives(int agents, double load, double handling, double patience, int? limit)
    {
        var queue = new ErlangA(Traffic.Of(load, handling, handling), agents, patience, limit);
        var (completions, hangUps) = (agents / handling, 1 / patience);
        var waiting = new BirthDeath(_ => load / handling, k => completions + k * hangUps, 0, limit).Solve();
        Assert.Equal(0, waiting.First);
        var enter = waiting.Shares.Take(limit ?? waiting.Shares.Length).Select(share => share * queue.AllBusy).ToArray();
        foreach (var seconds in new[] { 0.5, 5, 20, 90, 400 })
        {
            var (served, abandoned) = AbsorbingLine.Within(enter, completions, hangUps, seconds);
            Close.To(1 - queue.AllBusy + served, queue.ServiceLevel(seconds));
            Close.To(abandoned, queue.AbandonedWithin(seconds));
            Close.To((1 - queue.AllBusy + served) / (1 - abandoned), queue.ServiceLevelWithoutShortAbandons(seconds));
        }
    }

    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(14, 10)]
    [InlineData(300, 280)]
    [InlineData(100_000, 99_500)]
    public void Endless_patience_is_Erlang_C(int agents, double load)
    {
        var traffic = Traffic.Of(load, 180, 180);
        var (c, a) = (new ErlangC(traffic, agents), new ErlangA(traffic, agents));
        Close.To(c.Waits, a.Waits);
        Close.To(c.MeanWait, a.MeanWait);
        Close.To(c.MeanWaitOfDelayed, a.MeanWaitOfDelayed);
        Close.To(c.MeanWait, a.MeanWaitOfServed);
        Close.To(c.MeanQueueLength, a.MeanQueueLength);
        Close.To(c.Occupancy, a.Occupancy);
        Assert.Equal((0d, 0d, 1d, 0d), (a.Abandoned, a.Blocked, a.Served, a.MeanWaitOfAbandoned));
        foreach (var seconds in new[] { 0, 0.01, 1, 20, 1000 }) Close.To(c.ServiceLevel(seconds), a.ServiceLevel(seconds));
    }

    [Fact]
    public void Growing_patience_leads_to_Erlang_C()
    {
        var traffic = Traffic.Of(10, 180, 180);
        var c = new ErlangC(traffic, 12);
        var errors = new[] { 1e3, 1e5, 1e7 }.Select(patience => Math.Abs(c.ServiceLevel(20) - new ErlangA(traffic, 12, patience).ServiceLevel(20))).ToArray();
        Assert.True(errors[1] < errors[0] / 20 && errors[2] < errors[1] / 50, string.Join(", ", errors));
        Close.To(c.MeanWait, new ErlangA(traffic, 12, 1e8).MeanWait, 1e-4);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(55, 50)]
    [InlineData(2000, 1990)]
    public void No_room_to_wait_is_Erlang_B_and_no_patience_nearly(int agents, double load)
    {
        var traffic = Traffic.Of(load, 180, 180);
        var (blocking, none, brief) = (ErlangB.Blocking(agents, load), new ErlangA(traffic, agents, 60, 0), new ErlangA(traffic, agents, 1e-9));
        Close.To(blocking, none.Blocked);
        Assert.Equal((0d, 0d, 0d), (none.Waits, none.MeanWait, none.Abandoned));
        Close.To(1 - blocking, none.ServiceLevel(0));
        Close.To(1 - blocking, none.ServiceLevel(20));
        Close.To(blocking, brief.Abandoned, 1e-8);
        Close.To(1 - blocking, brief.ServiceLevel(20), 1e-8);
    }

    [Fact]
    public void In_great_overload_what_is_served_is_what_agents_can_do()
    {
        var queue = new ErlangA(Traffic.Of(1_000_000, 180, 180), 100_000, 60);
        Close.To(0.9, queue.Abandoned);
        Close.To(1, queue.Occupancy);
        Close.To(54, queue.MeanWait);
        Close.To(-60 * Math.Log(0.1), queue.MeanWaitOfServed, 1e-4); // Each waits until only a tenth of those who came along is left.
    }

    /// <summary>Summed upwards from a share of e^(−366), against the same shares around their top.</summary>
    [Fact]
    public void Late_progress_is_the_same_either_way()
    {
        var counted = LineProgress.Within(6, 60, 1, 25_000);
        var around = new BirthDeath(k => (1 - Math.Exp(-6)) * (61 + k), k => k, 0, null).Solve();
        foreach (var k in new[] { 12_000, 20_000, 25_000 }) Close.Relatively(around[k], counted[k], 1e-9);
        Assert.Equal(25_000, counted.Last);
    }

    [Fact]
    public void A_long_line_s_sums_are_the_same_either_way()
    {
        var (slow, quick) = (PlaceSums.Until(1_000_000, 2, 1e-4), PlaceSums.Until(1_500_000, 2, 1e-4));
        for (var i = 1_000_001; i <= 1_500_000; i++)
        {
            slow.Steps.Add(1 / (2 + i * 1e-4));
            slow.Areas.Add(i / (2 + i * 1e-4));
        }
        Close.Relatively(slow.Steps.Value, quick.Steps.Value, 1e-13);
        Close.Relatively(slow.Areas.Value, quick.Areas.Value, 1e-12);
    }

    [Fact]
    public void What_cannot_be_computed_is_refused_with_the_reason()
    {
        var ten = Traffic.Of(10, 180, 180);
        Assert.Throws<UnstableLoadException>(() => new ErlangA(ten, 10));
        Assert.Throws<UnstableLoadException>(() => new ErlangA(ten, 9, double.PositiveInfinity));
        new ErlangA(ten, 9, double.PositiveInfinity, 5);
        Refused("must be above 0", () => new ErlangA(ten, 10, 0));
        Refused("must be above 0", () => new ErlangA(ten, 10, double.NaN));
        Refused("at most for so many agents", () => new ErlangA(ten, 10, 1e9));
        Refused("must be from 0 to", () => new ErlangA(ten, 10, 60, -1));
        Refused("must be from 1 to", () => new ErlangA(ten, 0, 60));
        Refused("must be 0 or more", () => new ErlangA(ten, 10, 60).ServiceLevel(-1));
        Refused("100 per agent", () => new ErlangA(Traffic.Of(101, 1, 1), 1, 60).AbandonedWithin(1));
    }

    private static void Refused(string why, Func<object> what) =>
        Assert.Contains(why, Assert.Throws<ArgumentOutOfRangeException>(what).Message, StringComparison.Ordinal);
}
