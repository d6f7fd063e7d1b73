using RoutingGrid.Routing.Analytics;

namespace RoutingGrid.Routing.Tests.Analytics;

/// <summary>Erlang B and C: identities, and what they refuse.</summary>
public sealed class ErlangCTests
{
    [Fact]
    public void One_agent_is_the_plain_queue()
    {
        var queue = new ErlangC(new Traffic(1 / 100d, 80), 1);
        Close.To(0.8, queue.Waits);
        Close.To(320, queue.MeanWait);
        Close.To(3.2, queue.MeanQueueLength);
        Close.To(0.8 / 1.8, ErlangB.Blocking(1, 0.8));
    }

    [Theory]
    [InlineData(5, 3.3)]
    [InlineData(120, 110)]
    [InlineData(9000, 8950)]
    public void Waiting_and_blocking_say_the_same(int agents, double load)
    {
        var (waits, blocking) = (new ErlangC(Traffic.Of(load, 1, 1), agents).Waits, ErlangB.Blocking(agents, load));
        Close.To(blocking, waits * (agents - load) / (agents - load * waits));
        Assert.True(waits > blocking);
    }

    [Theory]
    [InlineData(14, 10, 180, 20)]
    [InlineData(500, 480, 300, 10)]
    public void The_mean_is_the_area_above_the_service_level(int agents, double load, double handling, double step)
    {
        var queue = new ErlangC(Traffic.Of(load, handling, handling), agents);
        Close.To(1 - queue.Waits, queue.ServiceLevel(0));
        Close.To(queue.MeanWaitOfDelayed, step / -Math.Log((1 - queue.ServiceLevel(step)) / queue.Waits));
        Close.To(queue.MeanQueueLength, load / handling * queue.MeanWait);
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(10, 11.5)]
    [InlineData(1, 1)]
    public void A_load_that_grows_without_end_is_refused_with_a_way_out(int agents, double load)
    {
        var refused = Assert.Throws<UnstableLoadException>(() => new ErlangC(Traffic.Of(load, 1, 1), agents));
        Assert.Contains($"at least {Math.Floor(load) + 1} agents", refused.Message, StringComparison.Ordinal);
        new ErlangC(Traffic.Of(load, 1, 1), (int)Math.Floor(load) + 1);
    }

    [Fact]
    public void Nearly_unstable_is_still_exact()
    {
        var queue = new ErlangC(Traffic.Of(10 - Math.Pow(2, -40), 1, 1), 10);
        Close.Relatively(Math.Pow(2, 40), queue.MeanWait, 1e-10);
        Close.To(1, queue.Waits, 1e-10);
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(-1, 60)]
    [InlineData(double.NaN, 60)]
    [InlineData(double.PositiveInfinity, 60)]
    [InlineData(1, 0)]
    [InlineData(1, double.NaN)]
    public void Traffic_is_above_zero_and_finite(double rate, double handling)
    {
        var refused = Assert.Throws<ArgumentOutOfRangeException>(() => new Traffic(rate, handling));
        Assert.Contains("must be above 0 and finite", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_numbers_have_ranges_too()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ErlangB.Blocking(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ErlangB.Blocking(ErlangB.MostAgents + 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ErlangB.Blocking(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ErlangC(new Traffic(1, 1), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ErlangC(new Traffic(1, 1), 2).ServiceLevel(-1));
        Assert.Equal(1, ErlangB.Blocking(0, 5));
    }
}
