using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;
using RoutingGrid.Engine.Activations;
using RoutingGrid.Engine.Catalog;
using RoutingGrid.Engine.Reminders;

namespace RoutingGrid.Engine.Simulation;

/// <summary>
/// The engine under virtual time, on one thread, with every choice drawn from a seed: the same seed gives the same run.
/// What runs inside must stay inside: no Task.Run, no ConfigureAwait(false), no real timers, threads or I/O.
/// </summary>
public sealed partial class SimulatedEngine : IAsyncDisposable
{
    private readonly SimulatedTime _time;
    private readonly SimulatedWorld _world;
    private readonly ServiceProvider _services;
    private readonly EmbeddedEngine _engine;
    private readonly FaultLog _log;
    private readonly StorageFaults _storageFaults;
    private readonly FaultInjector _injector;

    private SimulatedEngine(SimulationOptions options, Action<IServiceCollection>? configure)
    {
        _time = new(options.Start);
        _world = new(_time, options);
        Random = new(options.Seed ^ 0xA5A5_5A5A_C3C3_3C3CUL);
        _log = new(_time, _world);
        _storageFaults = new(options, _time, _world, _log);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(_time);
        services.AddSingleton<Random>(Random);
        services.AddSingleton(_storageFaults);
        configure?.Invoke(services);
        if (options.Faults is { AnyOfStorage: true })
        {
            UnreliableStorage.WrapAll(services);
        }

        services.AddEngineCore(_world, options.Engine);
        _services = services.BuildServiceProvider();
        _engine = _services.GetRequiredService<EmbeddedEngine>();
        Grains = _services.GetRequiredService<IGrainFactory>();
        _injector = new(_engine, _time, _log, options);
        _world.Faults = _injector;
        if (options.Faults?.Until is { } until)
        {
            TimeSpan left = until - options.Start;
            _time.CreateEngineTimer(TimerKind.Housekeeping, static simulation => ((SimulatedEngine)simulation!).EndFaults(), this)
                .Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    public IServiceProvider Services => _services;

    public IGrainFactory Grains { get; }

    /// <summary>The virtual clock. Its timers fire inside the simulation.</summary>
    public TimeProvider Time => _time;

    /// <summary>Seeded randomness for what is simulated. Drawing from it does not disturb the order of turns.</summary>
    public SeededRandom Random { get; }

    /// <summary>How many turns have run so far.</summary>
    public long Turns => _world.Turns;

    /// <summary>A hash of every choice so far: equal for equal runs.</summary>
    public ulong Fingerprint => _world.Fingerprint;

    /// <summary>Builds the services and starts the engine. <paramref name="configure"/> adds stores and whatever else the grains need.</summary>
    public static SimulatedEngine Start(SimulationOptions options, Action<IServiceCollection>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Faults?.Check();
        var simulation = new SimulatedEngine(options, configure);
        simulation.Run(() => simulation.Services.GetRequiredService<ReminderService>().StartAsync(CancellationToken.None));
        return simulation;
    }

    /// <summary>
    /// Runs <paramref name="body"/> and everything that it sets going, moving the clock whenever nothing can run, until its
    /// task ends. Throws what it throws.
    /// </summary>
    /// <exception cref="SimulationStuckException">The task has not ended and nothing is left that could end it.</exception>
    public void Run(Func<Task> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        Task<Task> started = Start(body);
        Run(() => started.IsCompleted && (!started.IsCompletedSuccessfully || started.Result.IsCompleted));
        started.GetAwaiter().GetResult().GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="Run(Func{Task})"/>
    public T Run<T>(Func<Task<T>> body)
    {
        T result = default!;
        Run(async () => { result = await body(); });
        return result;
    }

    /// <summary>Sets <paramref name="body"/> going, to run together with whatever runs next.</summary>
    public Task Post(Func<Task> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Start(body).Unwrap();
    }

    /// <summary>Runs everything that happens within <paramref name="duration"/> of virtual time, and leaves the clock at its end.</summary>
    public void RunFor(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        CheckAlive();
        long end = _time.Now + duration.Ticks;
        using SimulatedWorld.Visit visit = _world.Enter();
        do
        {
            Drain();
        }
        while (_world.Advance(end));
    }

    /// <summary>
    /// Runs until nobody waits for anything: no turn is left, no call in flight and no timer but periodic ones, reminders and
    /// the engine's own.
    /// </summary>
    public void RunUntilIdle()
    {
        CheckAlive();
        using SimulatedWorld.Visit visit = _world.Enter();
        Drain();
        while ((_time.CountOf(TimerKind.Once) > 0 || _engine.HasCallsInFlight) && _world.Advance(long.MaxValue))
        {
            Drain();
        }
    }

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();

    private Task<Task> Start(Func<Task> body) =>
        Task.Factory.StartNew(body, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _world);

    private void Run(Func<bool> isDone)
    {
        using SimulatedWorld.Visit visit = _world.Enter();
        while (!isDone())
        {
            if (_world.IsCrashed)
            {
                throw Crashed();
            }

            if (_world.HasReady)
            {
                _world.RunOne();
            }
            else if (!CanStillChange || !_world.Advance(long.MaxValue))
            {
                throw new SimulationStuckException(
                    $"Nothing is left to run at {_time.GetUtcNow():O}, and what was to run has not ended. Busy: {Busy()}.");
            }
        }
    }

    // The collector's sweeps go on for ever and change nothing that somebody could wait for.
    private bool CanStillChange =>
        _time.CountOf(TimerKind.Once) > 0 || _time.CountOf(TimerKind.Periodic) > 0 || _engine.HasCallsInFlight;

    private void Drain()
    {
        while (_world.HasReady)
        {
            _world.RunOne();
        }
    }

    private string Busy()
    {
        string[] busy =
        [
            .. _engine.Interfaces.Classes.SelectMany(grain => grain.Activations)
                .Where(activation => activation.IsBusy)
                .OrderBy(activation => activation.Sequence)
                .Take(20)
                .Select(activation => activation.ToString()),
        ];
        return busy.Length == 0 ? "no grain" : string.Join(", ", busy);
    }
}
