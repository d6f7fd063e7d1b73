using RoutingGrid.Routing.Analytics;

namespace RoutingGrid.Routing.Tests.Analytics;

/// <summary>What others have published, to the digits that they give.</summary>
public sealed class PublishedTests
{
    /// <summary>
    /// Lucent Technologies, Traffic Engineering Overview, "Erlang-B capacity table, 2% blocking" (garywagoner.tripod.com/traffic/ERLANG.HTML).
    /// Its row of 61 channels, 50.389, is a misprint of 50.589 and left out.
    /// </summary>
    [Theory]
    [InlineData(1, 0.020)]
    [InlineData(3, 0.602)]
    [InlineData(5, 1.657)]
    [InlineData(7, 2.935)]
    [InlineData(9, 4.345)]
    [InlineData(11, 5.842)]
    [InlineData(13, 7.402)]
    [InlineData(15, 9.010)]
    [InlineData(21, 14.036)]
    [InlineData(31, 22.827)]
    [InlineData(51, 41.189)]
    [InlineData(77, 65.814)]
    [InlineData(89, 77.342)]
    public void Erlang_B_at_two_percent(int channels, double load)
    {
        Assert.InRange(ErlangB.Blocking(channels, load - 0.0011), 0, 0.02);
        Assert.InRange(ErlangB.Blocking(channels, load + 0.0011), 0.02, 1);
        Assert.Equal(channels, RequiredAgents.ForBlocking(load - 0.0011, 0.02));
    }

    /// <summary>Westbay Engineers, Calculator Manual, "How much traffic?": 15 lines at 1 % carry 8.108 Erlang (erlang.com/calculatormanual/howmuchtrafficcanatrunkgrouphandle.htm).</summary>
    [Fact]
    public void Erlang_B_at_one_percent()
    {
        Assert.InRange(ErlangB.Blocking(15, 8.1075), 0, 0.01);
        Assert.InRange(ErlangB.Blocking(15, 8.1085), 0.01, 1);
    }

    /// <summary>Wolfram Research, New in Mathematica 9, "Compute loss probabilities for a queue": 30 lines, 25 Erlang, about 0.05.</summary>
    [Fact]
    public void Erlang_B_in_two_digits() => Assert.Equal(0.05, ErlangB.Blocking(30, 25), 2);

    /// <summary>
    /// pyworkforce, README, "Erlang C — infinite patience" (github.com/rodrigo-arenas/pyworkforce, commit 04bacdc): 100 calls in 30 minutes of 3 minutes
    /// each, 80 % within 20 s: 14 agents, 0.8884 within 20 s, occupancy 0.7143, waiting 0.1741.
    /// </summary>
    [Fact]
    public void Erlang_C_of_a_hundred_calls()
    {
        var traffic = Traffic.Of(100, 1800, 180);
        Assert.Equal(10, traffic.OfferedLoad, 12);
        var agents = RequiredAgents.ForServiceLevel(traffic, 0.8, 20);
        Assert.Equal(14, agents);
        var queue = new ErlangC(traffic, agents);
        Assert.Equal((0.8884, 0.7143, 0.1741), (Math.Round(queue.ServiceLevel(20), 4), Math.Round(queue.Occupancy, 4), Math.Round(queue.Waits, 4)));
    }
}
