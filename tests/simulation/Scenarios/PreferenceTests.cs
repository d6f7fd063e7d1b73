using System.Collections.Immutable;
using RoutingGrid.Simulation.Scenarios;

namespace RoutingGrid.Simulation.Tests.Scenarios;

/// <summary>Which agent takes an arriving contact, and which waiting contact a freed agent takes.</summary>
public sealed class PreferenceTests
{
    /// <summary>A call is on the only line until 100 when a mail (80) and another call (90) come.</summary>
    [Theory]
    [InlineData("""["calls", "mails"]""", 10, 120)]
    [InlineData("""["mails", "calls"]""", 110, 20)]
    [InlineData("""[{"type": "calls", "level": 1}, {"type": "mails", "level": 1}]""", 110, 20)]
    public void A_freed_agent_takes_the_preferred_type_and_of_equal_ones_the_earlier(string serves, double waitOfCall, double waitOfMail)
    {
        var scenario = Recorded(("groups[0].agents", "1"), ("groups[0].serves", serves));
        var run = Run(WithTimes(scenario, calls: [0, 90], mails: [80]));
        Assert.Equal((waitOfCall, waitOfMail), (run.Types[0].Periods[0].WaitOfServedSeconds, run.Types[1].Periods[0].WaitOfServedSeconds));
    }

    /// <summary>The second group has been idle for longer, and still the first takes all that it can.</summary>
    [Fact]
    public void An_arriving_contact_goes_to_the_group_that_prefers_its_type()
    {
        var scenario = Recorded(("groups", """
            [
              { "name": "both", "agents": 1, "serves": ["mails", "calls"] },
              { "name": "callers", "agents": 1, "serves": ["calls", "mails"] }
            ]
            """));
        var run = Run(WithTimes(scenario, calls: [0, 200, 400], mails: [1_000]));
        Assert.Equal(300, run.Groups[1].Periods[0].BusySeconds);
        Assert.Equal(100, run.Groups[0].Periods[0].BusySeconds);
        Assert.Equal(0, run.Types[0].Periods[0].WaitOfServedSeconds);
    }

    [Fact]
    public void Two_at_once_take_the_second_best_group_too()
    {
        var scenario = Recorded(("groups", """
            [
              { "name": "experts", "agents": 1, "serves": [{ "type": "calls", "level": 5 }] },
              { "name": "others", "agents": 1, "serves": [{ "type": "calls", "level": 2 }, { "type": "mails", "level": 2 }] }
            ]
            """));
        var run = Run(WithTimes(scenario, calls: [0, 10], mails: []));
        Assert.Equal([100, 100], run.Groups.Select(group => group.Periods[0].BusySeconds));
    }

    [Fact]
    public void What_groups_prefer_against_each_other_is_said_and_the_one_that_waits_longer_is_taken()
    {
        var groups = """
            [
              { "name": "a", "agents": 1, "serves": ["mails", "calls"] },
              { "name": "b", "agents": 0, "serves": ["calls", "mails"] }
            ]
            """;
        var scenario = Recorded(("groups", groups));
        Assert.Contains("calls and mails", Assert.Single(scenario.Notes), StringComparison.Ordinal);
        var run = Run(WithTimes(scenario, calls: [0, 80], mails: [90]));
        Assert.Equal((20, 110), (run.Types[0].Periods[0].WaitOfServedSeconds, run.Types[1].Periods[0].WaitOfServedSeconds));
    }

    [Fact]
    public void A_class_comes_before_any_preference()
    {
        var scenario = Recorded(("types[1].class", "1"), ("groups[0].agents", "1"), ("groups[0].serves", """["calls", "mails"]"""));
        var run = Run(WithTimes(scenario, calls: [0, 80], mails: [90]));
        Assert.Equal((120, 10), (run.Types[0].Periods[0].WaitOfServedSeconds, run.Types[1].Periods[0].WaitOfServedSeconds));
    }

    private static Scenario Recorded(params (string Path, string? Json)[] changes) => ScenarioText.With([("types[0].service", "100"), ("types[1].service", "100"), ("types[1].patience", null), .. changes]);

    private static Scenario WithTimes(Scenario scenario, ImmutableArray<double> calls, ImmutableArray<double> mails) => scenario with
    {
        Types = [At(scenario.Types[0], calls), At(scenario.Types[1], mails)],
    };

    private static ContactType At(ContactType type, ImmutableArray<double> seconds) =>
        type with { Arrivals = new ArrivalProcess.Recorded([.. seconds.Select(TimeSpan.FromSeconds)]) };

    private static Replication Run(Scenario scenario) =>
        ScenarioRunner.Run(scenario, 1, 1, new RunOptions { HashJournal = false, CheckAgainstJournal = true }, cancel: TestContext.Current.CancellationToken);
}
