using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Conformance;

/// <summary>Behaviour 5 in detail: when ticks come, to the second, and when they come no more.</summary>
public sealed class TickTests(SharedEngine shared) : OnSharedEngine(shared)
{
    [Fact]
    public async Task The_period_counts_from_the_end_of_a_tick()
    {
        await using TimedEngine engine = await TimedEngine.Start();
        await engine.Grains.GetGrain<ITimerGrain>("a").Start(10, 10, kind: "slow");
        await engine.Pass(40);
        Assert.Equal(["tick 1 at 00:00:10", "tick 2 at 00:00:23", "tick 3 at 00:00:36"], engine.Probe.LogOf("a"));
    }

    [Fact]
    public async Task Without_a_period_there_is_one_tick()
    {
        await using TimedEngine engine = await TimedEngine.Start();
        await engine.Grains.GetGrain<ITimerGrain>("a").Start(10, -1);
        await engine.Pass(60);
        Assert.Equal(["tick 1 at 00:00:10"], engine.Probe.LogOf("a"));
    }

    [Fact]
    public async Task Without_a_due_time_there_is_none_until_it_is_changed()
    {
        await using TimedEngine engine = await TimedEngine.Start();
        var grain = engine.Grains.GetGrain<ITimerGrain>("a");
        await grain.Start(-1, 10);
        await engine.Pass(30);
        Assert.Empty(engine.Probe.LogOf("a"));
        await grain.Change(5, 20);
        await engine.Pass(30);
        Assert.Equal(["tick 1 at 00:00:35", "tick 2 at 00:00:55"], engine.Probe.LogOf("a"));
    }

    [Fact]
    public async Task A_change_starts_the_timer_anew()
    {
        await using TimedEngine engine = await TimedEngine.Start();
        var grain = engine.Grains.GetGrain<ITimerGrain>("a");
        await grain.Start(10, 10);
        await engine.Pass(5);
        await grain.Change(20, -1);
        await engine.Pass(60);
        Assert.Equal(["tick 1 at 00:00:25"], engine.Probe.LogOf("a"));
    }

    [Fact]
    public async Task A_change_inside_a_tick_takes_effect_after_it()
    {
        await using TimedEngine engine = await TimedEngine.Start();
        await engine.Grains.GetGrain<ITimerGrain>("a").Start(10, 10, kind: "changes");
        await engine.Pass(80);
        Assert.Equal(["tick 1 at 00:00:10", "tick 2 at 00:00:40", "tick 3 at 00:01:10"], engine.Probe.LogOf("a"));
    }

    [Theory]
    [InlineData(50, 20, "tick 1 at 00:00:15", "tick 2 at 00:01:05", "tick 3 at 00:01:25")]
    [InlineData(50, -1, "tick 1 at 00:00:15", "tick 2 at 00:01:05")]
    [InlineData(-1, 20, "tick 1 at 00:00:15")]
    public async Task A_change_while_a_tick_waits_leaves_that_tick_and_takes_effect_after_it(int dueSeconds, int periodSeconds, params string[] ticks)
    {
        await using TimedEngine engine = await TimedEngine.Start();
        var grain = engine.Grains.GetGrain<ITimerGrain>("a");
        await grain.Start(10, 10);
        Task holding = grain.HoldAndChange("gate", dueSeconds, periodSeconds);
        await engine.Probe.Signalled("gate reached");
        await engine.Pass(15);
        engine.Probe.Signal("gate");
        await holding;

        // Comes after the tick that waited.
        await grain.Ping();
        await engine.Pass(85);
        Assert.Equal(ticks, engine.Probe.LogOf("a"));
    }

    [Fact]
    public async Task A_timer_may_end_itself()
    {
        await using TimedEngine engine = await TimedEngine.Start();
        await engine.Grains.GetGrain<ITimerGrain>("a").Start(10, 10, kind: "ends");
        await engine.Pass(60);
        Assert.Equal(["tick 1 at 00:00:10"], engine.Probe.LogOf("a"));
    }

    [Fact]
    public async Task A_tick_that_waits_when_its_timer_ends_comes_to_nothing()
    {
        await using TimedEngine engine = await TimedEngine.Start();
        var grain = engine.Grains.GetGrain<ITimerGrain>("a");
        await grain.Start(10, 10);
        Task holding = grain.HoldAndStop("gate");
        await engine.Probe.Signalled("gate reached");
        await engine.Pass(15);
        engine.Probe.Signal("gate");
        await holding;

        // Comes after the tick that waited.
        await grain.StopTimer();
        await engine.Pass(60);
        Assert.Empty(engine.Probe.LogOf("a"));
    }

    [Fact]
    public async Task Without_a_wait_a_tick_comes_before_whatever_is_called_next()
    {
        await using TimedEngine engine = await TimedEngine.Start();
        var grain = engine.Grains.GetGrain<ITimerGrain>("a");
        await grain.Start(0, 10);
        await grain.Change(0, -1);
        await grain.StopTimer();
        await engine.Pass(30);
        Assert.Equal(["tick 1 at 00:00:00", "tick 2 at 00:00:00"], engine.Probe.LogOf("a"));
    }

    [Fact]
    public async Task Without_a_period_to_wait_for_ticks_follow_each_other_until_the_timer_is_ended()
    {
        await using TimedEngine engine = await TimedEngine.Start();
        var grain = engine.Grains.GetGrain<ITimerGrain>("a");
        await grain.Start(10, 0, kind: "ends at the third");
        await engine.Pass(30);
        Assert.Equal(["tick 1 at 00:00:10", "tick 2 at 00:00:10", "tick 3 at 00:00:10"], engine.Probe.LogOf("a"));
    }

    [Fact]
    public async Task What_a_grain_hung_on_the_end_of_its_timer_may_fail()
    {
        await using TimedEngine engine = await TimedEngine.Start();
        var grain = engine.Grains.GetGrain<ITimerGrain>("a");
        await grain.Start(10, 10, kind: "fails at the end");
        await engine.Pass(15);
        await grain.StopTimer();
        await engine.Pass(30);
        Assert.Equal(["tick 1 at 00:00:10"], engine.Probe.LogOf("a"));
    }

    [Fact]
    public async Task Ending_a_timer_cancels_the_tick_that_runs()
    {
        await using TimedEngine engine = await TimedEngine.Start();
        var grain = engine.Grains.GetGrain<ITimerGrain>("a");
        await grain.Start(10, 10, kind: "waits");
        await engine.Until("a tick 1");
        await grain.StopTimerNow();
        await engine.Probe.Signalled("a tick cancelled");
        engine.Probe.Signal("a tick gate");
        await engine.Pass(30);
        Assert.Single(engine.Probe.LogOf("a"));
    }

    [Fact]
    public async Task A_tick_that_fails_at_once_does_not_end_the_timer()
    {
        await using TimedEngine engine = await TimedEngine.Start();
        await engine.Grains.GetGrain<ITimerGrain>("a").Start(10, 10, kind: "throws at once");
        await engine.Pass(35);
        Assert.Equal(["tick 1 at 00:00:10", "tick 2 at 00:00:20", "tick 3 at 00:00:30"], engine.Probe.LogOf("a"));
    }

    [Fact]
    public async Task A_conflict_that_escapes_from_a_tick_ends_the_activation()
    {
        await using TimedEngine engine = await TimedEngine.Start();
        await engine.Grains.GetGrain<ITimerGrain>("a").Start(10, 10, kind: "conflicts");
        await engine.Pass(35);
        Assert.Equal(["tick 1 at 00:00:10", "ends"], engine.Probe.LogOf("a"));
    }

    [Fact]
    public async Task A_plain_tick_does_not_come_while_a_going_grain_is_busy()
    {
        await using TimedEngine engine = await TimedEngine.Start();
        var grain = engine.Grains.GetGrain<ITimerGrain>("a");
        await grain.Start(10, 10);
        Task going = grain.GoAndHold("gate");
        await engine.Probe.Signalled("gate reached");
        engine.Jump(TimeSpan.FromSeconds(25));
        engine.Probe.Signal("gate");
        await going;
        await engine.Pass(30);
        Assert.Equal(["ends"], engine.Probe.LogOf("a"));
    }

    [Fact]
    public async Task An_interleaving_one_does()
    {
        await using TimedEngine engine = await TimedEngine.Start();
        var grain = engine.Grains.GetGrain<ITimerGrain>("a");
        await grain.Start(10, -1, interleave: true);
        Task going = grain.GoAndHold("gate");
        await engine.Probe.Signalled("gate reached");
        engine.Jump(TimeSpan.FromSeconds(10));
        await engine.Probe.Signalled("a tick 1");
        engine.Probe.Signal("gate");
        await going;
        await engine.Pass(30);
        Assert.Equal(["tick 1 at 00:00:10", "ends"], engine.Probe.LogOf("a"));
    }

    [Fact]
    public async Task A_timer_is_started_in_every_way_there_is()
    {
        await Grains.GetGrain<IOverloadGrain>(Key()).StartAll();
        foreach (string how in new[] { "plain", "token", "state", "state and token", "options", "options and token", "options and state", "all of it" })
        {
            await Probe.Signalled($"{Key()} {how}");
        }
    }
}
