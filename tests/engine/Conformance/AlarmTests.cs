using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Conformance;

/// <summary>Reminders in detail: their times, and that they outlive activations.</summary>
public sealed class AlarmTests(SharedEngine shared) : OnSharedEngine(shared)
{
    [Fact]
    public async Task Ticks_keep_to_whole_periods_after_the_first()
    {
        await using TimedEngine engine = await TimedEngine.Start();
        var grain = engine.Grains.GetGrain<IAlarmGrain>("a");
        DateTime first = await Set(engine, grain, 30, 120);
        await engine.Until("a r 3");
        TickStatus[] ticks = await grain.Ticks();
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(TimeSpan.FromSeconds(120), ticks[i].Period);
            Assert.Equal(ticks[0].FirstTickTime, ticks[i].FirstTickTime);
            Assert.InRange(ticks[i].CurrentTickTime - ticks[i].FirstTickTime, TimeSpan.FromSeconds(120 * i), TimeSpan.FromSeconds((120 * i) + 60));
        }

        Assert.InRange(ticks[0].FirstTickTime, first, first.AddSeconds(60));
    }

    [Fact]
    public async Task A_reminder_wakes_a_grain_that_has_gone()
    {
        await using TimedEngine engine = await TimedEngine.Start();
        var grain = engine.Grains.GetGrain<IAlarmGrain>("a");
        await Set(engine, grain, 30, 60);
        await grain.Leave();
        await engine.Until("a r 2");
        Assert.Equal(2, (await grain.Ticks()).Length);
        await engine.Until(grain.Set("r", 30, 60, "leaves"));
        await engine.Until("a r 4");
    }

    [Fact]
    public async Task A_reminder_that_fails_comes_again()
    {
        await using TimedEngine engine = await TimedEngine.Start();
        var grain = engine.Grains.GetGrain<IAlarmGrain>("a");
        await Set(engine, grain, 30, 60, "fails");
        await engine.Until("a r 3");
    }

    [Fact]
    public async Task A_reminder_may_be_removed_in_its_tick()
    {
        await using TimedEngine engine = await TimedEngine.Start();
        var grain = engine.Grains.GetGrain<IAlarmGrain>("a");
        await Set(engine, grain, 30, 60, "forgets");
        await engine.Until("a r 1");
        await engine.Pass(200);
        Assert.Single(await grain.Ticks());
    }

    [Fact]
    public async Task A_reminder_that_is_registered_again_has_the_new_times()
    {
        await using TimedEngine engine = await TimedEngine.Start();
        var grain = engine.Grains.GetGrain<IAlarmGrain>("a");
        await Set(engine, grain, 3600, 3600);
        DateTime first = await Set(engine, grain, 30, 60);
        await engine.Until("a r 2");
        TickStatus[] ticks = await grain.Ticks();
        Assert.Equal(TimeSpan.FromSeconds(60), ticks[0].Period);
        Assert.InRange(ticks[0].FirstTickTime, first, first.AddSeconds(60));
    }

    [Fact]
    public async Task Occasions_that_were_missed_are_not_made_up_for()
    {
        await using TimedEngine engine = await TimedEngine.Start();
        var grain = engine.Grains.GetGrain<IAlarmGrain>("a");
        await Set(engine, grain, 30, 60);
        await engine.Until("a r 1");
        engine.Jump(TimeSpan.FromMinutes(30));
        await engine.Until("a r 3");
        TickStatus[] ticks = await grain.Ticks();
        Assert.InRange(ticks[2].CurrentTickTime - ticks[1].CurrentTickTime, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(150));
        Assert.True(ticks[1].CurrentTickTime - ticks[0].CurrentTickTime >= TimeSpan.FromSeconds(50));
    }

    [Theory]
    [InlineData("r", 0, 59, nameof(ArgumentException))]
    [InlineData("r", -1, 60, nameof(ArgumentOutOfRangeException))]
    [InlineData("r", 0, -1, nameof(ArgumentOutOfRangeException))]
    [InlineData("", 0, 60, nameof(ArgumentException))]
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

    /// <summary>When the first tick is due, at the earliest. The service of Orleans starts only when time passes.</summary>
    private static async Task<DateTime> Set(TimedEngine engine, IAlarmGrain grain, int due, int period, string kind = "")
    {
        DateTime earliest = engine.Now.AddSeconds(due);
        await engine.Until(grain.Set("r", due, period, kind));
        return earliest;
    }
}
