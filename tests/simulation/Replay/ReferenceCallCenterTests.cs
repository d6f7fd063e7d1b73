using RoutingGrid.Simulation.Replay;

namespace RoutingGrid.Simulation.Tests.Replay;

/// <summary>Cases small enough to be worked out by hand; what they say of the reference, the grains must do too.</summary>
public sealed class ReferenceCallCenterTests
{
    [Fact]
    public void The_next_caller_is_the_one_with_the_longest_credited_wait()
    {
        // ANAT works from 10:00:00 to 10:10:00 and is busy until 10:02:00. Line 4 came 60 s after line 3, and has 90 s of credit.
        var done = Play(
            BankText.Line(exit: "10:00:00", start: "10:00:00", end: "10:10:00", service: "120"),
            BankText.Line(exit: "10:00:10", service: "10", server: "NO_SERVER"),
            BankText.Line(exit: "10:01:10", service: "10", server: "NO_SERVER", priority: "2"));
        Assert.Equal([(2, 0), (3, 120), (4, 50)], done);
    }

    [Fact]
    public void The_longest_idle_agent_who_serves_the_type_takes_the_call()
    {
        var plan = BankText.Plan(BankText.Read(
            BankText.Line(exit: "9:00:00", start: "9:00:00", end: "9:20:00", service: "600", server: "AVI"),
            BankText.Line(exit: "9:05:00", start: "9:05:00", end: "9:20:00", service: "10", server: "TOVA"),
            BankText.Line(exit: "9:06:00", start: "9:06:00", end: "9:20:00", service: "10", server: "ZOHARI", type: "NE"),
            BankText.Line(exit: "9:07:00", service: "10", server: "NO_SERVER"),
            BankText.Line(exit: "9:11:00", service: "10", server: "NO_SERVER"),
            BankText.Line(exit: "9:11:01", service: "10", server: "NO_SERVER", type: "NE")));
        Assert.Equal(["AVI", "TOVA", "ZOHARI", "TOVA", "TOVA", "ZOHARI"], ReferenceCallCenter.Play(plan).Select(call => call.ServedBy));
    }

    [Fact]
    public void A_caller_hangs_up_when_patience_ends_unless_an_agent_becomes_free_in_that_second()
    {
        var shift = BankText.Line(exit: "10:00:00", start: "10:00:00", end: "10:10:00", service: "120");
        Assert.Equal([(2, 0), (3, 39)], Play(shift, BankText.HungUp("10:01:00", 39)));
        Assert.Null(ReferenceCallCenter.Play(BankText.Plan(BankText.Read(shift, BankText.HungUp("10:01:00", 59))))[1].ServedBy);
        Assert.Equal("ANAT", ReferenceCallCenter.Play(BankText.Plan(BankText.Read(shift, BankText.HungUp("10:01:00", 60))))[1].ServedBy);
    }

    [Fact]
    public void A_call_is_finished_after_the_end_of_the_shift_and_no_other_is_begun()
    {
        var plan = BankText.Plan(BankText.Read(
            BankText.Line(exit: "10:00:00", start: "10:00:00", end: "10:02:00", service: "600"),
            BankText.HungUp("10:09:00", 120)));
        var done = ReferenceCallCenter.Play(plan);
        Assert.Equal(["ANAT", null], done.Select(call => call.ServedBy));
        Assert.Equal(BankText.Between("10:00:00", "10:10:00"), done[0].Service);
    }

    [Fact]
    public void Who_would_wait_for_ever_waits_for_the_next_shift_or_until_the_closing()
    {
        // The one who hung up after 10 s leaves the patience of the others open: they waited 20 s and were served by nobody in particular.
        var done = ReferenceCallCenter.Play(BankText.Plan(BankText.Read(
            BankText.HungUp("8:00:00", 10),
            BankText.Line(exit: "8:00:00", wait: 20, service: "30", server: "NO_SERVER"),
            BankText.Line(exit: "10:00:00", wait: 20, start: "10:00:00", end: "10:02:00"),
            BankText.Line(exit: "10:01:00", wait: 20, server: "NO_SERVER"))));
        Assert.Equal(
            [(2, 10, null), (3, 7200, "ANAT"), (4, 30, "ANAT"), (5, 60, null)],
            done.Select(call => (call.Call.Line, (int)call.Wait.TotalSeconds, call.ServedBy)));
    }

    [Fact]
    public void Wrap_up_makes_the_agent_unavailable()
    {
        string[] lines =
        [
            BankText.Line(exit: "10:00:00", start: "10:00:00", end: "10:10:00", service: "60"),
            BankText.Line(exit: "10:00:30", service: "10", server: "NO_SERVER"),
        ];
        Assert.Equal([(2, 0), (3, 30)], Waits(BankText.Plan(BankText.Read(lines))));
        Assert.Equal([(2, 0), (3, 75)], Waits(BankText.Plan(BankText.Read(lines), wrapUp: 45)));
    }

    private static IEnumerable<(int Line, int Wait)> Play(params string[] lines) => Waits(BankText.Plan(BankText.Read(lines)));

    private static IEnumerable<(int Line, int Wait)> Waits(ReplayPlan plan) =>
        ReferenceCallCenter.Play(plan).Select(call => (call.Call.Line, (int)call.Wait.TotalSeconds)).OrderBy(call => call.Line);
}
