using RoutingGrid.Simulation.Replay;

namespace RoutingGrid.Simulation.Tests.Replay;

public sealed class ReplayPlanTests
{
    [Fact]
    public void Calls_come_in_the_order_of_arrival_then_of_lines()
    {
        var plan = BankText.Plan(BankText.Read(
            BankText.Line(exit: "10:00:05"), BankText.Line(exit: "10:00:00"), BankText.HungUp("10:00:00", 0),
            BankText.Line(exit: "10:00:00")));
        Assert.Equal(["call-3", "call-5", "call-2"], plan.Calls.Select(call => call.Id));
        Assert.Equal(BankText.At("10:00:00"), plan.Start);
        Assert.Equal(3, plan.Recorded.Total.Calls);
    }

    [Fact]
    public void Who_hung_up_keeps_the_recorded_patience_and_gets_a_service_of_the_type()
    {
        var services = Enumerable.Range(100, 20).Select(s => BankText.Line(service: $"{s}", type: "NE"));
        var others = Enumerable.Range(200, 20).Select(s => BankText.Line(service: $"{s}", type: "PS"));
        var hungUp = Enumerable.Range(1, 50).Select(i => BankText.HungUp("11:00:00", i, "NE"));
        var plan = BankText.Plan(BankText.Read(services.Concat(others).Concat(hungUp)));
        var callers = plan.Calls.Where(call => !call.RecordedServed).ToList();
        Assert.Equal(50, callers.Count);
        Assert.All(callers, call => Assert.Equal(call.RecordedWait, call.Patience));
        Assert.All(callers, call => Assert.InRange(call.Service.TotalSeconds, 100, 119));
        Assert.True(callers.Select(call => call.Service).Distinct().Count() > 5);
    }

    [Fact]
    public void A_type_that_nobody_was_served_in_borrows_services_of_all()
    {
        var plan = BankText.Plan(BankText.Read(BankText.Line(service: "77"), BankText.HungUp("11:00:00", 5, "IN")));
        Assert.Equal(77, plan.Calls.Single(call => call.Type == "IN").Service.TotalSeconds);
    }

    [Fact]
    public void Who_was_served_is_more_patient_than_they_had_to_be()
    {
        var hungUp = Enumerable.Range(1, 60).Select(i => BankText.HungUp("11:00:00", i));
        var plan = BankText.Plan(BankText.Read(hungUp.Concat(Enumerable.Range(0, 60).Select(i => BankText.Line(wait: i)))));
        var served = plan.Calls.Where(call => call.RecordedServed).ToList();
        Assert.Equal(60, served.Count);
        Assert.All(served, call => Assert.InRange(call.Patience!.Value.TotalSeconds, call.RecordedWait.TotalSeconds + 1, 60));
    }

    [Fact]
    public void Patience_is_without_end_where_the_estimate_is_open()
    {
        var plan = BankText.Plan(BankText.Read(BankText.HungUp("11:00:00", 10), BankText.Line(wait: 20)));
        Assert.Null(plan.Calls.Single(call => call.RecordedServed).Patience);
    }

    [Fact]
    public void Days_are_inclusive_and_do_not_change_what_is_drawn_for_a_call()
    {
        var lines = Enumerable.Range(1, 9).SelectMany(day => Enumerable.Range(1, 9).SelectMany(i => new[]
        {
            BankText.HungUp("11:00:00", day * i, date: $"99010{day}"), BankText.Line(wait: i, service: $"{day}{i}", date: $"99010{day}"),
        }));
        var month = BankText.Read(lines);
        var whole = BankText.Plan(month);
        var part = ReplayPlan.Build(month, new DateOnly(1999, 1, 3), new DateOnly(1999, 1, 4), whole.Seed, TimeSpan.Zero);
        Assert.Equal((new DateOnly(1999, 1, 1), new DateOnly(1999, 1, 9)), (whole.From, whole.To));
        Assert.Equal(whole.Calls.Where(call => call.Arrival.Day is 3 or 4), part.Calls);
        Assert.All(part.Agents.SelectMany(agent => agent.Shifts), shift => Assert.InRange(shift.Start.Day, 3, 4));
        Assert.Equal(36, part.Recorded.Total.Calls);
    }

    [Fact]
    public void The_seed_decides_what_is_drawn_and_nothing_else()
    {
        var month = BankText.Read(Enumerable.Range(1, 60).SelectMany(
            i => new[] { BankText.HungUp("11:00:00", i), BankText.Line(service: $"{i}") }));
        var (one, same, other) = (BankText.Plan(month), BankText.Plan(month), BankText.Plan(month, seed: 2));
        Assert.Equal(one.Calls, same.Calls);
        Assert.NotEqual(one.Calls, other.Calls);
        Assert.Equal(one.Calls.Select(call => call.Arrival), other.Calls.Select(call => call.Arrival));
        Assert.Equal(one.Recorded.Total, other.Recorded.Total);
    }

    [Fact]
    public void Days_without_calls_are_refused_with_the_days_there_are()
    {
        var month = BankText.Read(BankText.Line(date: "990103"), BankText.Line(date: "990105"));
        var message = Assert.Throws<ReplayFileException>(
            () => ReplayPlan.Build(month, new DateOnly(1999, 2, 1), null, 1, TimeSpan.Zero)).Message;
        Assert.Contains("from 1999-02-01", message, StringComparison.Ordinal);
        Assert.Contains("the file covers 1999-01-03 to 1999-01-05", message, StringComparison.Ordinal);
        Assert.Throws<ReplayFileException>(() => BankText.Plan(BankText.Read()));
    }
}
