using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RoutingGrid.Engine.Simulation;
using RoutingGrid.Grains;
using RoutingGrid.Grains.Workspaces;
using RoutingGrid.GrainInterfaces;
using RoutingGrid.GrainInterfaces.Agents;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.GrainInterfaces.Routing;
using RoutingGrid.GrainInterfaces.Workspaces;
using RoutingGrid.Journal;
using RoutingGrid.Journal.Memory;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Simulation.World;

/// <summary>Opens the journal of a world that begins.</summary>
/// <param name="time">The world's virtual time.</param>
/// <param name="turns">Where everything must run that the journal does by itself: each piece is a turn of the simulation.</param>
public delegate IJournal JournalOpening(TimeProvider time, TaskScheduler turns);

/// <summary>The real grains over a real journal, in virtual time. Everything that happens in it is decided by its seed.</summary>
public sealed class SimulatedWorld : IDisposable
{
    private readonly SimulatedEngine _engine;

    private SimulatedWorld(SimulatedEngine engine, string workspace) => (_engine, Workspace) = (engine, workspace);

    /// <summary>The workspace that <see cref="Configure"/> and the shorthands are about.</summary>
    public string Workspace { get; }
    public SimulatedEngine Engine => _engine;
    public IGrainFactory Grains => _engine.Grains;
    public TimeProvider Time => _engine.Time;
    public IJournal Journal => _engine.Services.GetRequiredService<IJournal>();
    public DateTimeOffset Now => Time.GetUtcNow();

    /// <param name="delayedMessagesPercent">How many messages of a hundred are overtaken by later ones.</param>
    /// <param name="options">How often grains repair what lost messages left behind; in a world that loses none, seldom is enough.</param>
    /// <param name="journal">Opens the journal, perhaps what an earlier world has written: this one goes on from there. It is closed with the
    /// world. Null: an empty one in memory.</param>
    /// <param name="configure">Adds services, such as call filters.</param>
    /// <param name="faults">What goes wrong with grains. Null: nothing.</param>
    /// <param name="collection">How often idle grains are looked for. Null: as in production.</param>
    public static SimulatedWorld Start(
        ulong seed, DateTimeOffset start, string workspace = "world", GrainOptions? options = null, int delayedMessagesPercent = 10,
        JournalOpening? journal = null, Action<IServiceCollection>? configure = null, FaultOptions? faults = null, TimeSpan? collection = null)
    {
        TaskScheduler? turns = null;
        var simulation = new SimulationOptions
        {
            Seed = seed,
            Start = start,
            DelayedMessagesPercent = delayedMessagesPercent,
            Faults = faults,
            Engine = engine => engine.CollectionQuantum = collection ?? engine.CollectionQuantum,
        };
        var engine = SimulatedEngine.Start(simulation, services =>
        {
            services.AddLogging();
            services.AddSingleton(provider => journal?.Invoke(provider.GetRequiredService<TimeProvider>(), turns!) ?? new MemoryJournal());
            services.AddSingleton<ISecretSource>(new CountedSecrets());
            services.AddGrains(options ?? new GrainOptions
            {
                ConfigurationMaxAge = TimeSpan.MaxValue,
                ClockReminders = false,
            });
            configure?.Invoke(services);
        });
        engine.Run(() =>
        {
            turns = TaskScheduler.Current;
            return Task.CompletedTask;
        });
        return new SimulatedWorld(engine, workspace);
    }

    /// <summary>Runs until the body is done, moving the clock from one due timer to the next.</summary>
    public void Run(Func<Task> body) => _engine.Run(body);

    /// <summary>Puts a configuration that must be valid, and starts clocks and router as a silo does.</summary>
    public async Task Configure(WorkspaceConfiguration configuration)
    {
        var result = await Grains.GetGrain<IWorkspaceGrain>(Workspace).Configure(configuration, CommandContext.System);
        if (result.Refusal is { } refusal)
            throw new ArgumentException($"{refusal.Detail} {string.Join("; ", result.Errors.Select(error => $"{error.Path}: {error.Message}"))}", nameof(configuration));
        await Open();
    }

    /// <summary>Starts clocks and router as a silo does: with what the journal has, they go on.</summary>
    public async Task Open()
    {
        for (var shard = 0; shard < DeadlineRow.Shards; shard++) await Grains.GetGrain<IClockGrain>(FormattableString.Invariant($"{shard}")).Start();
        await Router.Start();
    }

    public IRouterGrain Router => Grains.GetGrain<IRouterGrain>(GrainKeys.Router(Workspace));
    public ICaseGrain Case(string caseId) => Grains.GetGrain<ICaseGrain>(GrainKeys.Of(Workspace, caseId));
    public IAgentGrain Agent(string agentId) => Grains.GetGrain<IAgentGrain>(GrainKeys.Of(Workspace, agentId));
    public ICustomerGrain Customer(string channel, string author) => Grains.GetGrain<ICustomerGrain>(GrainKeys.Of(Workspace, $"{channel}:{author}"));

    /// <summary>Lets so much time pass, to the tick; <see cref="Task.Delay(TimeSpan, TimeProvider)"/> knows milliseconds only.</summary>
    public async Task Pass(TimeSpan time)
    {
        if (time <= TimeSpan.Zero) return;
        var passed = new TaskCompletionSource();
        await using var timer = Time.CreateTimer(static state => ((TaskCompletionSource)state!).SetResult(), passed, time, Timeout.InfiniteTimeSpan);
        await passed.Task;
    }

    public void Dispose() => _engine.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private sealed class CountedSecrets : ISecretSource
    {
        private int _count;

        public string Next() => FormattableString.Invariant($"{++_count:x64}");
    }
}
