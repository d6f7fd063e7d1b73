using RoutingGrid.Simulation.Replay;

namespace RoutingGrid.Simulation.Tests.Replay;

public sealed class StaffingTests
{
    [Fact]
    public void An_agent_works_from_the_first_to_the_last_service_of_a_day()
    {
        var agent = Only(Service("10:00:00", "10:02:00"), Service("9:00:00", "9:40:00"), Service("10:31:00", "10:45:00"));
        Assert.Equal([BankText.Between("9:00:00", "10:45:00")], agent.Shifts);
        Assert.Equal(TimeSpan.FromMinutes(105), agent.Staffed);
    }

    [Fact]
    public void A_gap_of_more_than_half_an_hour_splits_the_shift()
    {
        Assert.Single(Only(Service("10:00:00", "10:02:00"), Service("10:32:00", "10:33:00")).Shifts);
        Assert.Equal(
            [BankText.Between("10:00:00", "10:02:00"), BankText.Between("10:32:01", "10:33:00")],
            Only(Service("10:00:00", "10:02:00"), Service("10:32:01", "10:33:00")).Shifts);
    }

    [Fact]
    public void The_gap_is_measured_from_the_latest_end_of_overlapping_services() =>
        Assert.Equal(
            [BankText.Between("10:00:00", "11:30:00")],
            Only(Service("10:00:00", "11:00:00"), Service("10:05:00", "10:06:00"), Service("11:20:00", "11:30:00")).Shifts);

    [Fact]
    public void A_single_service_of_no_length_is_a_shift_of_one_second() =>
        Assert.Equal([BankText.Between("10:00:00", "10:00:01")], Only(Service("10:00:00", "10:00:00")).Shifts);

    [Fact]
    public void A_service_after_midnight_belongs_to_the_day_of_its_line_and_shifts_do_not_overlap()
    {
        var agent = Only(
            BankText.Line(exit: "23:59:00", start: "23:59:00", end: "0:05:00"),
            BankText.Line(exit: "0:04:00", start: "0:04:00", end: "0:10:00", date: "990104"),
            BankText.Line(exit: "9:00:00", start: "9:00:00", end: "9:10:00", date: "990104"));
        Assert.Equal(
            [
                new Interval(BankText.At("23:59:00"), BankText.At("0:10:00", 4)),
                new Interval(BankText.At("9:00:00", 4), BankText.At("9:10:00", 4)),
            ],
            agent.Shifts);
    }

    [Fact]
    public void Skills_are_of_the_whole_month_and_shifts_of_the_chosen_days()
    {
        var month = BankText.Read(
            BankText.Line(type: "PS"), BankText.Line(type: "NE", date: "990110"), BankText.Line(server: "TOVA", date: "990110"));
        var agent = Assert.Single(Staffing.Agents(month.Calls, new DateOnly(1999, 1, 3), new DateOnly(1999, 1, 4)));
        Assert.Equal("ANAT", agent.Name);
        Assert.Equal(["NE", "PS"], agent.Skills);
        Assert.Single(agent.Shifts);
    }

    [Fact]
    public void Nobody_is_no_agent() =>
        Assert.Empty(BankText.Plan(BankText.Read(BankText.Line(server: "NO_SERVER"), BankText.HungUp("10:00:00", 5))).Agents);

    private static string Service(string start, string end) => BankText.Line(exit: start, start: start, end: end);

    private static PlannedAgent Only(params string[] lines) => Assert.Single(BankText.Plan(BankText.Read(lines)).Agents);
}
