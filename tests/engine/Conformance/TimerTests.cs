using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Conformance;

/// <summary>Behaviour 5, as far as it can be shown on both engines: with a clock that the test moves.</summary>
public sealed class TimerTests
{
    [Fact]
    public async Task Ticks_come_again_and_again()
    {
        await using TimedEngine engine = await TimedEngine.Start();
        await engine.Grains.GetGrain<ITimerGrain>("a").Start(10, 10);
        await engine.Until("a tick 3");
    }

    [Fact]
    public async Task A_tick_waits_for_the_call_that_runs()
    {
        await using TimedEngine engine = await TimedEngine.Start();
        var grain = engine.Grains.GetGrain<ITimerGrain>("a");
        await grain.Start(10, 10);
        Task holding = grain.Hold("gate");
        await engine.Probe.Signalled("gate reached");
        engine.Jump(TimeSpan.FromSeconds(15));
        await grain.Ping();
        Assert.False(engine.Probe.IsSignalled("a tick 1"));
        engine.Probe.Signal("gate");
        await holding;
        await engine.Probe.Signalled("a tick 1");
    }

    [Fact]
    public async Task An_interleaving_tick_does_not()
    {
        await using TimedEngine engine = await TimedEngine.Start();
        var grain = engine.Grains.GetGrain<ITimerGrain>("a");
        await grain.Start(10, 10, interleave: true);
        Task holding = grain.Hold("gate");
        await engine.Probe.Signalled("gate reached");
        await engine.Until("a tick 2");
        Assert.False(holding.IsCompleted);
        engine.Probe.Signal("gate");
        await holding;
    }

    [Fact]
    public async Task A_tick_that_fails_does_not_end_the_timer()
    {
        await using TimedEngine engine = await TimedEngine.Start();
        await engine.Grains.GetGrain<ITimerGrain>("a").Start(10, 10, kind: "fails");
        await engine.Until("a tick 3");
    }

    [Fact]
    public async Task A_disposed_timer_is_silent()
    {
        await using TimedEngine engine = await TimedEngine.Start();
        var grain = engine.Grains.GetGrain<ITimerGrain>("a");
        await grain.Start(10, 10);
        await engine.Until("a tick 1");
        await grain.StopTimer();
        await grain.Ping();
        int ticks = engine.Probe.Log.Count;
        engine.Jump(TimeSpan.FromSeconds(60));
        await grain.Ping();
        Assert.Equal(ticks, engine.Probe.Log.Count);
    }

    [Fact]
    public async Task Timers_end_before_the_grain_does()
    {
        await using TimedEngine engine = await TimedEngine.Start();
        var grain = engine.Grains.GetGrain<ITimerGrain>("a");
        await grain.Start(10, 10);
        await engine.Until("a tick 1");
        await grain.Go();
        await grain.Ping();
        engine.Jump(TimeSpan.FromSeconds(60));
        await grain.Ping();
        string[] log = [.. engine.Probe.Log];
        Assert.Equal("a ends", log[^1]);
    }

    [Theory]
    [InlineData(-2)]
    public async Task Impossible_times_are_refused(int milliseconds)
    {
        await using TestEngine engine = await TestEngine.Start();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => engine.Grains.GetGrain<IRefusedTimerGrain>("a").Start(milliseconds));
    }
}
