using RoutingGrid.Simulation.Replay;

namespace RoutingGrid.Simulation.Tests.Replay;

public sealed class CountingRulesTests
{
    [Theory]
    [InlineData("AGENT", 0, true)]
    [InlineData("AGENT", 30, true)]
    [InlineData("HANG", 1, true)]
    [InlineData("HANG", 0, false)]
    [InlineData("PHANTOM", 30, false)]
    [InlineData("PHANTOM", 0, false)]
    public void Served_counts_and_so_does_hanging_up_in_the_queue(string outcome, int wait, bool counts) =>
        Assert.Equal(counts, CountingRules.Counts(Only(BankText.Line(outcome: outcome, wait: wait))));

    [Fact]
    public void A_caller_arrives_at_the_exit_from_the_voice_response_unit() =>
        Assert.Equal(
            BankText.At("10:00:00"),
            CountingRules.Arrival(Only(BankText.Line(exit: "10:00:00", queueStart: "10:00:05", queueExit: "10:01:00", wait: 55))));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 0)]
    [InlineData("2", 90)]
    public void Priority_two_starts_with_credit(string priority, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), CountingRules.Credit(Only(BankText.Line(priority: priority))));

    [Theory]
    [InlineData("0", 1)]
    [InlineData("1", 1)]
    [InlineData("4661", 4661)]
    public void A_service_of_zero_counts_as_one_second(string recorded, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), CountingRules.Service(Only(BankText.Line(service: recorded))));

    [Fact]
    public void Service_is_seen_only_of_named_agents_in_calls_that_were_served()
    {
        Assert.Equal(BankText.Between("10:00:00", "10:02:00"), CountingRules.SeenService(Only(BankText.Line())));
        Assert.Equal(BankText.Between("10:00:00", "10:00:01"), CountingRules.SeenService(Only(BankText.Line(end: "10:00:00"))));
        Assert.Null(CountingRules.SeenService(Only(BankText.Line(server: "NO_SERVER"))));
        Assert.Null(CountingRules.SeenService(Only(BankText.Line(outcome: "HANG", wait: 1087, server: "DARMON"))));
        Assert.Null(CountingRules.SeenService(Only(BankText.Line(start: "0:00:00", end: "0:00:00"))));
    }

    private static CallRecord Only(string line) => Assert.Single(BankText.Read(line).Calls);
}
