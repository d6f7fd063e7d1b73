using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Conformance;

/// <summary>Reminders in detail: their times, and that they outlive activations.</summary>
public sealed class AlarmTests(SharedEngine shared) : OnSharedEngine(shared)
{
    [Fact]
    public async Task Ticks_keep_to_whole_periods_after_the_first()
    {
        await using TimedEngine engine = await Start();
        var grain = engine.Grains.GetGrain<IAlarmGrain>("a");
        DateTime first = await Set(engine, grain, 30, 120);
        await Ticks(engine, first, 120, 1, 3);
        Assert.Equal(
            [new TickStatus(first, Period(120), first), new(first, Period(120), first.AddSeconds(120)), new(first, Period(120), first.AddSeconds(240))],
            await grain.Ticks());
    }

    [Fact]
    public async Task A_reminder_wakes_a_grain_that_has_gone()
    {
        await using TimedEngine engine = await Start();
        var grain = engine.Grains.GetGrain<IAlarmGrain>("a");
        DateTime first = await Set(engine, grain, 30, 60);
        await grain.Leave();
        await Ticks(engine, first, 60, 1, 2);
        Assert.Equal(2, (await grain.Ticks()).Length);
        first = await Set(engine, grain, 30, 60, "leaves");
        await Ticks(engine, first, 60, 3, 4);
        Assert.Single(await grain.Ticks());
    }

    [Fact]
    public async Task A_reminder_that_fails_comes_again()
    {
        await using TimedEngine engine = await Start();
        DateTime first = await Set(engine, engine.Grains.GetGrain<IAlarmGrain>("a"), 30, 60, "fails");
        await Ticks(engine, first, 60, 1, 3);
    }

    [Fact]
    public async Task A_reminder_may_be_removed_in_its_tick()
    {
        await using TimedEngine engine = await Start();
        var grain = engine.Grains.GetGrain<IAlarmGrain>("a");
        DateTime first = await Set(engine, grain, 30, 60, "forgets");
        await Ticks(engine, first, 60, 1, 1);
        Assert.Single(await grain.Ticks());
        await engine.Pass(200);
        Assert.Single(await grain.Ticks());
    }

    [Fact]
    public async Task A_reminder_that_is_registered_again_has_the_new_times()
    {
        await using TimedEngine engine = await Start();
        var grain = engine.Grains.GetGrain<IAlarmGrain>("a");
        await Set(engine, grain, 3600, 3600);
        DateTime first = await Set(engine, grain, 30, 60);
        await Ticks(engine, first, 60, 1, 2);
        Assert.All(await grain.Ticks(), tick => Assert.Equal((first, Period(60)), (tick.FirstTickTime, tick.Period)));
    }

    [Fact]
    public async Task Occasions_that_were_missed_are_not_made_up_for()
    {
        await using TimedEngine engine = await Start();
        var grain = engine.Grains.GetGrain<IAlarmGrain>("a");
        DateTime first = await Set(engine, grain, 30, 60);
        await Ticks(engine, first, 60, 1, 1);
        await engine.Due(first.AddSeconds(60));
        engine.Jump(TimeSpan.FromSeconds(570));
        await engine.To(first.AddSeconds(600));
        await engine.Probe.Signalled($"a r at {first.AddSeconds(600):HH:mm:ss}");
        DateTime[] times = [.. (await grain.Ticks()).Select(static tick => tick.CurrentTickTime)];
        Assert.Equal(times.Distinct().Order(), times);
        Assert.Equal(first.AddSeconds(600), times[^1]);
        Assert.InRange(times.Length, 3, 11);
    }

    [Theory]
    [InlineData("r", 0, 59, nameof(ArgumentException))]
    [InlineData("r", -1, 60, nameof(ArgumentOutOfRangeException))]
    [InlineData("r", 0, -1, nameof(ArgumentOutOfRangeException))]
    [InlineData("", 0, 60, nameof(ArgumentNullException))]
    [InlineData(null, 0, 60, nameof(ArgumentNullException))]
    public async Task Impossible_reminders_are_refused(string? name, int due, int period, string error) =>
        Assert.Equal(error, await Grains.GetGrain<IAlarmGrain>(Key()).Refused(name, due, period));

    [Fact]
    public async Task Only_grains_that_can_be_reminded_are() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Grains.GetGrain<IForgetfulGrain>(Key()).Remind());

    [Fact]
    public async Task Reminders_are_asked_for_in_a_turn() =>
        Assert.Equal(nameof(InvalidOperationException), await Grains.GetGrain<IAlarmGrain>(Key()).RefusedFromOutsideATurn());

    [Fact]
    public async Task Removing_a_reminder_twice_does_no_harm()
    {
        var grain = Grains.GetGrain<IAlarmGrain>(Key());
        await grain.Set("r", 3600, 3600);
        Assert.True(await grain.ForgetTwice("r"));
    }

    /// <summary>The service of Orleans starts only when time passes.</summary>
    private static async Task<TimedEngine> Start()
    {
        TimedEngine engine = await TimedEngine.Start();
        await engine.Until(engine.Grains.GetGrain<IAlarmGrain>("first").Set("r", 86_400, 86_400));
        return engine;
    }

    /// <summary>Lets time pass from one tick to the next.</summary>
    private static async Task Ticks(TimedEngine engine, DateTime first, int period, int from, int to)
    {
        for (int tick = from; tick <= to; tick++)
        {
            await engine.To(first.AddSeconds((tick - from) * period));
            await engine.Probe.Signalled($"a r {tick}");
        }
    }

    private static TimeSpan Period(int seconds) => TimeSpan.FromSeconds(seconds);

    /// <summary>When the first tick is due.</summary>
    private static async Task<DateTime> Set(TimedEngine engine, IAlarmGrain grain, int due, int period, string kind = "")
    {
        DateTime first = engine.Now.AddSeconds(due);
        await grain.Set("r", due, period, kind);
        return first;
    }
}
