using RoutingGrid.Simulation.People;

namespace RoutingGrid.Simulation.Tests.People;

public sealed class ScaledTimeProviderTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Ten = new(2026, 5, 4, 10, 0, 0, TimeSpan.FromHours(2));

    private readonly ManualTime _wall = new(Noon);

    [Fact]
    public void Begins_where_the_underlying_clock_is_and_runs_faster()
    {
        var time = new ScaledTimeProvider(_wall, 20);
        Assert.Equal(Noon, time.GetUtcNow());
        _wall.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(Noon.AddMinutes(1), time.GetUtcNow());
    }

    [Fact]
    public void May_begin_elsewhere_and_shows_utc()
    {
        var time = new ScaledTimeProvider(_wall, 0.5, Ten);
        _wall.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(Ten.AddSeconds(5), time.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, time.GetUtcNow().Offset);
    }

    [Fact]
    public void Measures_in_its_own_time()
    {
        var time = new ScaledTimeProvider(_wall, 20);
        var began = time.GetTimestamp();
        _wall.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(20), time.GetElapsedTime(began));
    }

    [Fact]
    public void Timers_fire_when_their_time_has_come()
    {
        var time = new ScaledTimeProvider(_wall, 20);
        var fired = new List<DateTimeOffset>();
        using var timer = time.CreateTimer(_ => fired.Add(time.GetUtcNow()), null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
        _wall.Advance(TimeSpan.FromMilliseconds(2_999));
        Assert.Empty(fired);
        _wall.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([Noon.AddMinutes(1)], fired);
    }

    [Fact]
    public void Timers_repeat()
    {
        var time = new ScaledTimeProvider(_wall, 10);
        var fired = new List<DateTimeOffset>();
        using var timer = time.CreateTimer(_ => fired.Add(time.GetUtcNow()), null, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20));
        _wall.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal([Noon.AddSeconds(10), Noon.AddSeconds(30), Noon.AddSeconds(50)], fired);
    }

    /// <summary>A millisecond early on the wall is a second early at a thousandfold speed: a deadline would be found not due yet.</summary>
    [Fact]
    public void Timers_are_never_early_where_the_underlying_ones_are()
    {
        var wall = new ManualTime(Noon) { Early = TimeSpan.FromMilliseconds(0.7) };
        var time = new ScaledTimeProvider(wall, 1_000);
        var fired = new List<DateTimeOffset>();
        using var timer = time.CreateTimer(_ => fired.Add(time.GetUtcNow()), null, TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);
        wall.Advance(TimeSpan.FromSeconds(1));
        Assert.True(Assert.Single(fired) >= Noon.AddSeconds(10));
    }

    [Fact]
    public void Timers_stop_and_start_again()
    {
        var time = new ScaledTimeProvider(_wall, 10);
        var fired = 0;
        using var timer = time.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _wall.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, fired);
        timer.Change(TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        _wall.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, fired);
    }

    [Fact]
    public async Task Delays_and_cancellations_follow_it()
    {
        var time = new ScaledTimeProvider(_wall, 60);
        var delay = Task.Delay(TimeSpan.FromHours(1), time);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromHours(2), time);
        _wall.Advance(TimeSpan.FromMinutes(1));
        await delay;
        Assert.False(cancellation.IsCancellationRequested);
        _wall.Advance(TimeSpan.FromMinutes(1));
        Assert.True(cancellation.IsCancellationRequested);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Time_that_stands_still_or_runs_back_is_refused(double speed) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScaledTimeProvider(_wall, speed));
}
