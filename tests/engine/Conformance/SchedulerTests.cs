using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Conformance;

/// <summary>Behaviour 2 in detail: everything of an activation runs on its scheduler, and nothing else does.</summary>
public sealed class SchedulerTests(SharedEngine shared) : OnSharedEngine(shared)
{
    public static TheoryData<string> Ways => ["AfterValueTask", "AfterWhenAll", "ContinueWithStays", "NestedFlowsStay", "AfterException", "RunStaysAway", "LeavingAFlowLeavesOnlyIt"];

    [Fact]
    public async Task Every_step_of_a_life_runs_there()
    {
        var grain = Grains.GetGrain<ISchedulerGrain>(Key());
        Assert.Equal(["constructor True", "activation True", "activation, later True", "call True"], await grain.Steps());
        await grain.Leave();
        await Probe.Signalled(Key() + " ends True");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Awaiting_comes_back_and_leaving_stays_away(string way)
    {
        var grain = Grains.GetGrain<ISchedulerGrain>(Key());
        Assert.True(await (way switch
        {
            "AfterValueTask" => grain.AfterValueTask(),
            "AfterWhenAll" => grain.AfterWhenAll(),
            "ContinueWithStays" => grain.ContinueWithStays(),
            "NestedFlowsStay" => grain.NestedFlowsStay(),
            "AfterException" => grain.AfterException(),
            "RunStaysAway" => grain.RunStaysAway(),
            _ => grain.LeavingAFlowLeavesOnlyIt(),
        }));
    }

    [Fact]
    public async Task Two_activations_have_two_schedulers() =>
        Assert.True(await Grains.GetGrain<ISchedulerGrain>(Key() + " 1").AfterCall(Grains.GetGrain<ISchedulerGrain>(Key() + " 2")));

    [Fact]
    public async Task Timers_tick_there()
    {
        await Grains.GetGrain<ISchedulerGrain>(Key()).TickOnce(Key());
        await Probe.Signalled(Key() + " True");
    }

    [Fact]
    public async Task Reminders_come_there()
    {
        await Grains.GetGrain<ISchedulerGrain>(Key()).Remind();
        await Probe.Signalled(Key() + " reminded True");
    }
}
