using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Conformance;

/// <summary>Reminders in detail: their times, and that they outlive activations.</summary>
public sealed class AlarmTests(SharedEngine shared) : OnSharedEngine(shared)
{
    // A reminder comes from another thread: time must not run away meanwhile.
    private const int TurnsOfReminders = 25;

    [Fact]
    public async Task Ticks_keep_to_whole_periods_after_the_first()
    {
        await using TimedEngine engine = await Start();
        var grain = engine.Grains.GetGrain<IAlarmGrain>("a");
        DateTime first = await Set(engine, grain, 30, 120);
        await engine.Until("a r 3", TurnsOfReminders);
        TickStatus[] ticks = await grain.Ticks();
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(TimeSpan.FromSeconds(120), ticks[i].Period);
            Assert.Equal(ticks[0].FirstTickTime, ticks[i].FirstTickTime);
            Assert.InRange(ticks[i].CurrentTickTime - ticks[i].FirstTickTime, TimeSpan.FromSeconds(120 * i), TimeSpan.FromSeconds((120 * i) + 119));
        }

        Assert.Equal(first, ticks[0].FirstTickTime);
    }

    [Fact]
    public async Task A_reminder_wakes_a_grain_that_has_gone()
    {
        await using TimedEngine engine = await Start();
        var grain = engine.Grains.GetGrain<IAlarmGrain>("a");
        await Set(engine, grain, 30, 60);
        await grain.Leave();
        await engine.Until("a r 2", TurnsOfReminders);
        Assert.Equal(2, (await grain.Ticks()).Length);
        await Set(engine, grain, 30, 60, "leaves");
        await engine.Until("a r 4", TurnsOfReminders);
    }

    [Fact]
    public async Task A_reminder_that_fails_comes_again()
    {
        await using TimedEngine engine = await Start();
        var grain = engine.Grains.GetGrain<IAlarmGrain>("a");
        await Set(engine, grain, 30, 60, "fails");
        await engine.Until("a r 3", TurnsOfReminders);
    }

    [Fact]
    public async Task A_reminder_may_be_removed_in_its_tick()
    {
        await using TimedEngine engine = await Start();
        var grain = engine.Grains.GetGrain<IAlarmGrain>("a");
        await Set(engine, grain, 30, 60, "forgets");
        await engine.Until("a r 1", TurnsOfReminders);
        await engine.Pass(200, TurnsOfReminders);
        Assert.Single(await grain.Ticks());
    }

    [Fact]
    public async Task A_reminder_that_is_registered_again_has_the_new_times()
    {
        await using TimedEngine engine = await Start();
        var grain = engine.Grains.GetGrain<IAlarmGrain>("a");
        await Set(engine, grain, 3600, 3600);
        DateTime first = await Set(engine, grain, 30, 60);
        await engine.Until("a r 2", TurnsOfReminders);
        TickStatus[] ticks = await grain.Ticks();
        Assert.Equal(TimeSpan.FromSeconds(60), ticks[0].Period);
        Assert.Equal(first, ticks[0].FirstTickTime);
    }

    [Fact]
    public async Task Occasions_that_were_missed_are_not_made_up_for()
    {
        await using TimedEngine engine = await Start();
        var grain = engine.Grains.GetGrain<IAlarmGrain>("a");
        await Set(engine, grain, 30, 60);
        await engine.Until("a r 1", TurnsOfReminders);
        engine.Jump(TimeSpan.FromMinutes(10));
        await engine.Until("a r 3", TurnsOfReminders);
        TickStatus[] ticks = await grain.Ticks();
        Assert.InRange(ticks[2].CurrentTickTime - ticks[1].CurrentTickTime, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(150));
        Assert.True(ticks[1].CurrentTickTime - ticks[0].CurrentTickTime >= TimeSpan.FromSeconds(50));
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

    /// <summary>When the first tick is due.</summary>
    private static async Task<DateTime> Set(TimedEngine engine, IAlarmGrain grain, int due, int period, string kind = "")
    {
        DateTime first = engine.Now.AddSeconds(due);
        await grain.Set("r", due, period, kind);
        return first;
    }
}
