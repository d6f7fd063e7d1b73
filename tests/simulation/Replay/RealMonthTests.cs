using RoutingGrid.Simulation.Replay;

namespace RoutingGrid.Simulation.Tests.Replay;

public sealed class RealMonthTests(ITestOutputHelper output)
{
    [Fact]
    public void The_real_month_has_no_bad_line_and_the_documented_outcomes()
    {
        var month = RealMonth.Get();
        Assert.Empty(month.BadLines);
        Assert.Equal(31_599, month.Calls.Length);
        Assert.Equal(27_060, month.Calls.Count(call => call.Outcome == RecordedOutcome.Served));
        Assert.Equal(4_299, month.Calls.Count(call => call.Outcome == RecordedOutcome.HungUp));
        Assert.Equal(240, month.Calls.Count(call => call.Outcome == RecordedOutcome.Phantom));
        var plan = BankText.Plan(month);
        Assert.Equal((30_140, 27_060, 3_080), (plan.Recorded.Total.Calls, plan.Recorded.Total.Served, plan.Recorded.Total.Abandoned));
        Assert.Equal(["IN", "NE", "NW", "PE", "PS", "TT"], plan.Types);
        Assert.Equal(28, plan.Agents.Length);
    }

    [Fact]
    public void The_shifts_of_the_real_month_are_in_order_and_apart()
    {
        foreach (var agent in BankText.Plan(RealMonth.Get()).Agents)
        {
            Assert.All(agent.Shifts, shift => Assert.True(shift.Length > TimeSpan.Zero));
            Assert.All(agent.Shifts.Zip(agent.Shifts.Skip(1)), pair => Assert.True(pair.First.End < pair.Second.Start));
        }
    }

    /// <summary>For comparison, the recorded center: 27,060 served, 3,080 hung up.</summary>
    [Theory]
    [InlineData(0, 28_749, 1_391)]
    [InlineData(30, 27_830, 2_310)]
    [InlineData(60, 26_757, 3_383)]
    public void The_reference_plays_the_real_month(int wrapUp, int served, int abandoned)
    {
        var month = RealMonth.Get();
        var plan = BankText.Plan(month, wrapUp: wrapUp);
        var done = ReferenceCallCenter.Play(plan);
        var result = new ReplayResult
        {
            Plan = plan,
            Replayed = CenterStatistics.Of(plan, done),
            VirtualSeconds = (done.Max(call => call.Call.Arrival + call.Wait) - plan.Start).TotalSeconds,
            WallSeconds = 0,
            BadLines = month.BadLines.Length,
            JournalHash = "none",
        };
        output.WriteLine(ReplayReport.Text(result));
        output.WriteLine(ReplayJson.Line(result));
        Assert.Equal((served, abandoned), (result.Replayed.Total.Served, result.Replayed.Total.Abandoned));
    }

    [Fact]
    public void Agents_of_the_reference_are_on_one_call_at_a_time_and_begin_none_outside_their_shifts()
    {
        var plan = BankText.Plan(RealMonth.Get(), wrapUp: 20);
        var agents = plan.Agents.ToDictionary(agent => agent.Name);
        foreach (var ofAgent in ReferenceCallCenter.Play(plan).Where(call => call.ServedBy is not null).GroupBy(call => call.ServedBy!))
        {
            var agent = agents[ofAgent.Key];
            var calls = ofAgent.OrderBy(call => call.Service!.Value.Start).ToList();
            Assert.All(calls, call => Assert.Contains(call.Call.Type, agent.Skills));
            Assert.All(calls.Select(call => call.Service!.Value.Start), begin =>
                Assert.Contains(agent.Shifts, shift => shift.Start <= begin && begin < shift.End));
            Assert.All(
                calls.Zip(calls.Skip(1)),
                pair => Assert.True(pair.First.Service!.Value.End + plan.WrapUp <= pair.Second.Service!.Value.Start));
        }
    }
}
