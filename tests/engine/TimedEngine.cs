using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests;

/// <summary>An engine whose grains live by a clock that the test moves.</summary>
public sealed class TimedEngine : IAsyncDisposable
{
    private readonly TestEngine _engine;
    private readonly ManualTime _time;

    private TimedEngine(TestEngine engine, ManualTime time)
    {
        _engine = engine;
        _time = time;
    }

    public IGrainFactory Grains => _engine.Grains;

    public Probe Probe => _engine.Probe;

    public DateTime Now => _time.GetUtcNow().UtcDateTime;

    public static async Task<TimedEngine> Start(Action<TestEngineOptions>? configure = null)
    {
        var time = new ManualTime();
        return new(
            await TestEngine.Start(options =>
            {
                options.Time = time;
                configure?.Invoke(options);
            }),
            time);
    }

    /// <summary>Moves the clock second by second: when the next tick is set, only the engine knows.</summary>
    public async Task Pass(int seconds)
    {
        for (int i = 0; i < seconds; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Settle();
        }
    }

    /// <summary>Moves the clock until something has happened.</summary>
    public async Task Until(string signal)
    {
        while (!Probe.IsSignalled(signal))
        {
            await Pass(1);
        }
    }

    /// <summary>Moves the clock until the grain has answered: some answers wait for time to pass.</summary>
    public async Task Until(Task call)
    {
        while (!call.IsCompleted)
        {
            await Pass(1);
        }

        await call;
    }

    /// <summary>Completes when something is to happen at that time.</summary>
    public Task Due(DateTime when) => _time.HasTimerAt(when);

    /// <summary>Moves the clock to that time, once something is to happen then.</summary>
    public async Task To(DateTime when)
    {
        await Due(when);
        _time.Advance(when - Now);
    }

    /// <summary>Moves the clock in one go.</summary>
    public void Jump(TimeSpan time) => _time.Advance(time);

    // A ping comes after a tick that is due, and like it is admitted whatever runs. What follows from a tick takes a few turns more.
    private async Task Settle()
    {
        for (int i = 0; i < 4; i++)
        {
            await Grains.GetGrain<ITimerGrain>("a").Ping();
        }
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}
