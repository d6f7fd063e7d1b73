using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Conformance;

/// <summary>Reminders: what is registered, and a first tick.</summary>
public sealed class ReminderTests(SharedEngine shared) : OnSharedEngine(shared)
{
    [Fact]
    public async Task Reminders_are_kept_until_they_are_removed()
    {
        var grain = Grains.GetGrain<IReminderGrain>(Key());
        await grain.Remind("b", TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        await grain.Remind("a", TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        await grain.Remind("a", TimeSpan.FromHours(2), TimeSpan.FromHours(2));
        Assert.Equal(["a", "b"], await grain.Names());
        await grain.Forget("a");
        Assert.False(await grain.Has("a"));
        Assert.Equal(["b"], await grain.Names());
        Assert.Empty(await Grains.GetGrain<IReminderGrain>(Key() + " other").Names());
        await grain.Forget("b");
    }

    [Fact]
    public async Task A_period_below_one_minute_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() =>
            Grains.GetGrain<IReminderGrain>(Key()).Remind("a", TimeSpan.Zero, TimeSpan.FromSeconds(59)));

    [Fact]
    public async Task A_reminder_that_is_due_ticks()
    {
        var grain = Grains.GetGrain<IReminderGrain>(Key());
        await grain.Remind("now", TimeSpan.FromMilliseconds(250), TimeSpan.FromMinutes(1));
        await Probe.Signalled(Key() + " now 1");
        await grain.Forget("now");
    }
}
