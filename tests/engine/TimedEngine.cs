using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests;

/// <summary>An engine whose grains live by a clock that the test moves.</summary>
public sealed class TimedEngine : IAsyncDisposable
{
    // What follows from a tick takes a few turns more than the tick.
    private const int TurnsAfterTick = 4;

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
    public async Task Pass(int seconds, int turns = TurnsAfterTick)
    {
        for (int i = 0; i < seconds; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Settle(turns);
        }
    }

    /// <summary>Moves the clock until something has happened.</summary>
    public async Task Until(string signal, int turns = TurnsAfterTick)
    {
        while (!Probe.IsSignalled(signal))
        {
            await Pass(1, turns);
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

    /// <summary>Moves the clock in one go.</summary>
    public void Jump(TimeSpan time) => _time.Advance(time);

    // A ping comes after a tick that is due, and like it is admitted whatever runs; a reminder goes through the thread pool first.
    private async Task Settle(int turns)
    {
        for (int i = 0; i < turns; i++)
        {
            await Task.Run(static () => { });
            await Grains.GetGrain<ITimerGrain>("a").Ping();
        }
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}
