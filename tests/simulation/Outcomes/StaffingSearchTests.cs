using RoutingGrid.Routing.Analytics;
using RoutingGrid.Simulation.Outcomes;
using RoutingGrid.Simulation.Outcomes.Staffing;
using RoutingGrid.Simulation.Scenarios;

namespace RoutingGrid.Simulation.Tests.Outcomes;

public sealed class StaffingSearchTests
{
    private static readonly StaffingTarget EightyInTwenty = new(0.8, 20);

    [Theory]
    [InlineData(0.8, 20)]
    [InlineData(0.9, 30)]
    [InlineData(0.5, 60)]
    public void A_queue_that_Erlang_knows_gets_the_agents_of_Erlang_or_one_more_or_less(double share, double seconds)
    {
        var erlang = RequiredAgents.ForServiceLevel(new Routing.Analytics.Traffic(60.0 / 3600, 180), share, seconds);
        var found = Find(SmallCenter.ErlangC(1), new StaffingTarget(share, seconds), replications: 8);
        Assert.InRange(found.Plan[0, 0], erlang - 1, erlang + 1);
    }

    [Theory]
    [InlineData(0.8, 20.0)]
    [InlineData(0.7, null)]
    public void No_agent_can_be_taken_from_any_period_of_what_was_found(double share, double? seconds)
    {
        var target = new StaffingTarget(share, seconds);
        var scenario = target.On(SmallCenter.Morning());
        var found = Find(SmallCenter.Morning(), target, replications: 6);
        Assert.Empty(Missed(found.Plan, target, scenario));
        for (var group = 0; group < scenario.Groups.Length; group++)
            for (var period = 0; period < scenario.Periods.Length; period++)
                if (found.Plan[group, period] > 0)
                    Assert.NotEmpty(Missed(found.Plan.With([new StaffingStep(group, period, -1)]), target, scenario));
    }

    [Fact]
    public void The_answer_brings_the_replications_that_it_was_judged_by()
    {
        var found = Find(SmallCenter.Morning(), EightyInTwenty, replications: 6);
        Assert.Equal(found.Plan, StaffingPlan.Of(found.Scenario));
        Assert.All(found.Scenario.Types, type => Assert.Equal(TimeSpan.FromSeconds(20), type.Within));
        var again = Outcome.Of(ReplicationSet.Run(found.Scenario, 6, 1, 2)).Total;
        Assert.Equal(again[Metrics.ServiceLevel], Outcome.Of(found.Replications).Total[Metrics.ServiceLevel]);
    }

    [Fact]
    public void What_more_agents_cannot_help_is_said()
    {
        // Whoever takes ten seconds to accept serves nobody within five.
        var slow = SmallCenter.ErlangC(4, more: """, "accept": 10""");
        var impossible = Assert.Throws<StaffingException>(() => Find(slow, new StaffingTarget(0.8, 5), replications: 2));
        Assert.Contains("0.0 % are served in time", impossible.Message, StringComparison.Ordinal);
        Assert.Contains("has not brought it to 80 %", impossible.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Periods_of_the_warm_up_keep_their_staffing()
    {
        var found = Find(SmallCenter.Morning() with { WarmUp = TimeSpan.FromMinutes(30) }, EightyInTwenty, replications: 3);
        Assert.Equal((2, 2), (found.Plan[0, 0], found.Plan[1, 0]));
    }

    [Fact]
    public void Progress_and_stopping_reach_the_search()
    {
        List<StaffingProgress> told = [];
        Find(SmallCenter.Morning(), EightyInTwenty, replications: 2, new Told(told));
        Assert.Contains(told, progress => progress.Doing.StartsWith("trying each agent", StringComparison.Ordinal));
        Assert.Equal(told.OrderBy(progress => progress.Tried), told);

        using var stop = new CancellationTokenSource();
        var search = new StaffingSearch(SmallCenter.Morning(), EightyInTwenty, scenario =>
        {
            stop.Cancel();
            return ReplicationSet.Run(scenario, 2, 1, 2, cancel: stop.Token);
        });
        Assert.ThrowsAny<OperationCanceledException>(search.Find);
    }

    [Fact]
    public void The_scenario_is_written_with_the_staffing_and_else_as_it_was()
    {
        var plan = new StaffingPlan([[1, 2, 3], [4, 5, 6]]);
        var written = StaffedFile.Of(SmallCenter.MorningJson, EightyInTwenty, plan);
        var (before, after) = (SmallCenter.Morning(), Scenario.Parse(written, "."));
        Assert.Equal(plan, StaffingPlan.Of(after));
        Assert.Equal("A small morning, staffed for 80 %", after.Name);
        Assert.All(after.Types, type => Assert.Equal(TimeSpan.FromSeconds(20), type.Within));
        Assert.Equal(before.Types.Select(type => type.Service[0]), after.Types.Select(type => type.Service[0]));
        Assert.Contains("\"agents\": [4, 5, 6]", written, StringComparison.Ordinal);
        Assert.Equal(
            [TimeSpan.FromSeconds(30), before.Types[1].Within],
            Scenario.Parse(StaffedFile.Of(SmallCenter.MorningJson, new StaffingTarget(0.8, null), plan), ".").Types.Select(type => type.Within));
    }

    private static StaffingAnswer Find(Scenario scenario, StaffingTarget target, int replications, IProgress<StaffingProgress>? progress = null) =>
        new StaffingSearch(scenario, target, staffed => ReplicationSet.Run(staffed, replications, 1, 2), progress).Find();

    private static List<int> Missed(StaffingPlan plan, StaffingTarget target, Scenario scenario)
    {
        var total = Outcome.Of(ReplicationSet.Run(plan.On(scenario), 6, 1, 2)).Total;
        return [.. Enumerable.Range(0, scenario.Periods.Length).Where(period => !target.IsMet(total.In(period, Metrics.ServiceLevel).Mean))];
    }

    private sealed class Told(List<StaffingProgress> told) : IProgress<StaffingProgress>
    {
        public void Report(StaffingProgress value) => told.Add(value);
    }
}
