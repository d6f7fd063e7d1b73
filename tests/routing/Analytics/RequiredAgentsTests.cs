using RoutingGrid.Routing.Analytics;

namespace RoutingGrid.Routing.Tests.Analytics;

/// <summary>Targets at the ends of their ranges. That the answer is the fewest is a property.</summary>
public sealed class RequiredAgentsTests
{
    private static readonly Traffic Ten = Traffic.Of(100, 1800, 180);

    [Fact]
    public void Impatient_callers_take_fewer_agents() =>
        Assert.True(RequiredAgents.ForServiceLevel(Ten, 0.8, 20, 120) < RequiredAgents.ForServiceLevel(Ten, 0.8, 20));

    [Fact]
    public void A_load_for_a_hundred_thousand_is_found_as_well() =>
        Assert.InRange(RequiredAgents.ForServiceLevel(Traffic.Of(100_000, 180, 180), 0.8, 20), 100_001, 100_100);

    [Fact]
    public void A_target_that_one_agent_meets_takes_one() =>
        Assert.Equal(1, RequiredAgents.ForMeanWait(Traffic.Of(5_000, 180, 180), 100, patienceSeconds: 60)); // Nobody waits for longer than their patience.

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_share_is_between_0_and_1(double share)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RequiredAgents.ForServiceLevel(Ten, share, 20));
        Assert.Throws<ArgumentOutOfRangeException>(() => RequiredAgents.ForBlocking(10, share));
    }

    [Fact]
    public void More_agents_than_anybody_has_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RequiredAgents.ForBlocking(2e6, 0.01));
        Assert.Throws<ArgumentOutOfRangeException>(() => RequiredAgents.ForServiceLevel(Traffic.Of(2e6, 1, 1), 0.8, 20));
        Assert.Throws<ArgumentOutOfRangeException>(() => RequiredAgents.ForMeanWait(Traffic.Of(999_999.5, 180, 180), 1e-9));
        Assert.Throws<ArgumentOutOfRangeException>(() => RequiredAgents.ForMeanWait(Ten, 0));
    }
}
