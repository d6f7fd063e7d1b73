using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RoutingGrid.Engine.Simulation;
using RoutingGrid.Grains;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.GrainInterfaces.Workspaces;
using RoutingGrid.Journal;
using RoutingGrid.Journal.Archive;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Simulation.Faults;
using RoutingGrid.Simulation.Tests.Faults;
using RoutingGrid.Simulation.Tests.Seeds;
using RoutingGrid.Simulation.World;
using RoutingGrid.Simulation.World.Stores;

namespace RoutingGrid.Simulation.Tests.Worlds;

/// <summary>A random center of contacts in virtual time, with customers, agents and a supervisor. Everything in it follows from its seed.</summary>
internal sealed class SeededCenter : IDisposable
{
    public static readonly DateTimeOffset Monday = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>After the last fault, what it left behind is found and mended within this time: that of the rarest repair and some more.</summary>
    public static readonly TimeSpan Mending = TimeSpan.FromSeconds(90);

    public const int Customers = 12;

    private const ulong Keeping = 0x6b656570;

    private readonly SeededRandom _random;
    private readonly SeededRandom _chance;
    private readonly GrainOptions? _options;
    private readonly Action<IServiceCollection>? _configure;
    private readonly SimulatedStore _store;
    private readonly List<Func<Task>> _people = [];
    private readonly DateTimeOffset _closesAt;
    private readonly SwallowedErrors _swallowed;
    private readonly Caller _opener;
    private FaultyJournal? _journal;
    private bool _configured;
    private bool _isDead;

    /// <param name="configure">Adds services, such as call filters.</param>
    public SeededCenter(SeedSpec spec, GrainOptions? options = null, Action<IServiceCollection>? configure = null)
    {
        (Spec, _configure) = (spec, configure);
        _random = new SeededRandom(spec.Seed);
        _chance = new SeededRandom(~spec.Seed);
        // Most are short, since trouble is made in minutes; some are long enough for sessions to expire.
        Seconds = _random.Below(6) == 0 ? 3600 + _random.Below(3600) : 600 + _random.Below(1800);
        Configuration = RandomCenter.Draw(_random);
        Faults = FaultPlan.Draw(_chance, spec.Faults, Monday, Seconds);
        // Grains die and split alone only where there are several processes.
        _options = options ?? ((Faults.Kinds & (FaultKinds.Kill | FaultKinds.Split)) == 0 ? null : new GrainOptions());
        _swallowed = new SwallowedErrors(IsExpected);
        var folder = spec.Store == Store.Memory ? "" : ScratchFolder.New();
        _store = spec.Store == Store.Memory ? new MemoryStore() : new SqliteStore(folder);
        ArchiveFolder = Path.Combine(folder, "archive");
        World = StartWorld(Monday);
        _closesAt = Monday.AddSeconds(Seconds);
        _opener = new Caller(this, _chance);
        _people.Add(new RandomSupervisor(this, Draw()).Live);
        for (var customer = 0; customer < Customers; customer++) _people.Add(new RandomCustomer(this, $"customer-{customer}", Draw()).Live);
        foreach (var agent in Configuration.Agents) _people.Add(new RandomAgent(this, agent.Id, Draw()).Live);
        _people.Add(WorkOff);
        // Drawn apart from the others, who are the same with and without.
        if (spec.Upkeep != Upkeep.None) _people.Add(new RandomKeeper(this, new SeededRandom(spec.Seed ^ Keeping)).Live);
    }

    public SeedSpec Spec { get; }
    public SimulatedWorld World { get; private set; }
    public WorkspaceConfiguration Configuration { get; set; }
    public FaultPlan Faults { get; }
    public FaultLog Log { get; } = new();
    public Ledger Ledger { get; } = new();

    /// <summary>The archive of the journal, where the store has one.</summary>
    public IJournalArchive? Archive { get; private set; }

    public string ArchiveFolder { get; }

    /// <summary>How long the center is open.</summary>
    public int Seconds { get; }

    /// <summary>Whether customers write and agents do as they please; afterwards, what is left is worked off.</summary>
    public bool IsOpen => World.Now < _closesAt;

    /// <summary>Every case has come to its end.</summary>
    public bool IsDone { get; private set; }

    /// <summary>From here on everything must be as if nothing had ever gone wrong.</summary>
    public DateTimeOffset MendedAt => Faults.Kinds == FaultKinds.None ? Monday : Faults.Until + Mending;

    /// <summary>Some grain may have two activations.</summary>
    public bool MayBeSplit => Faults.Kinds.HasFlag(FaultKinds.Split) && World.Now < MendedAt;

    /// <summary>Opens, closes, and waits until everything is handled.</summary>
    public void Run()
    {
        foreach (var at in Faults.CrashesAt) RunUntilCrash(at);
        try
        {
            World.Run(Live);
        }
        finally
        {
            NoteGrainFaults();
        }
        if (Filter<StormGuard>().Storm is { } storm) throw new BrokenPromiseException(storm);
        if (_swallowed.First is { } swallowed) throw new BrokenPromiseException($"An error that nobody saw: {swallowed}");
    }

    /// <summary>What faults may do to a call; anything else is a bug.</summary>
    public bool IsExpected(Exception error) =>
        World.Now < MendedAt && error is UnknownOutcomeException or IOException or TimeoutException or OrleansException;

    /// <summary>Goes on at once, or never in a process that is dead.</summary>
    public Task UnlessDead() => _isDead ? new TaskCompletionSource().Task : Task.CompletedTask;

    public void Dispose()
    {
        World.Dispose();
        _store.Dispose();
    }

    private async Task Live()
    {
        if (!_configured)
        {
            var command = new CommandContext("administrator", "first-configuration");
            var result = await _opener.Ask(() => World.Grains.GetGrain<IWorkspaceGrain>(World.Workspace).Configure(Configuration, command), static result => result.Refusal);
            if (result.Refusal is { } refusal) throw new BrokenPromiseException($"The first configuration was refused: {refusal.Detail} {string.Join("; ", result.Errors)}");
        }
        _configured = true;
        await _opener.Ask(async () =>
        {
            await World.Open();
            return true;
        }, static _ => null);
        var trouble = new TaskCompletionSource();
        await await Task.WhenAny(Task.WhenAll(_people.Select(Watched)), trouble.Task);

        // Whoever finds a broken promise ends the run there and then.
        async Task Watched(Func<Task> live)
        {
            try
            {
                await live();
            }
            catch (Exception error)
            {
                trouble.TrySetException(error);
            }
        }
    }

    /// <summary>Runs until the process dies, in the midst of whatever happens then, and starts another one from what it has written. People go
    /// on where they were.</summary>
    private void RunUntilCrash(DateTimeOffset at)
    {
        var people = World.Engine.Post(Live);
        World.Run(async () =>
        {
            await World.Pass(at - World.Now);
            for (var turns = _chance.Below(60); turns > 0; turns--) await Task.Yield();
            Log.Add(World.Now, "crash", "The process dies, and another one starts from what the journal has.");
            _isDead = true;
            _journal!.Die();
            await _store.Crash(_chance);
        });
        if (people.IsFaulted) throw people.Exception.InnerException!;
        var now = World.Now;
        NoteGrainFaults();
        World.Dispose();
        _isDead = false;
        World = StartWorld(now);
    }

    private SimulatedWorld StartWorld(DateTimeOffset now) => SimulatedWorld.Start(
        Spec.Seed + (ulong)Log.Faults.Count, now, options: _options,
        journal: (time, turns) => OpenJournal(time, turns),
        configure: services =>
        {
            services.AddSingleton<ILoggerProvider>(_swallowed);
            services.AddSingleton<IIncomingGrainCallFilter, StormGuard>();
            if (Faults.Kinds.HasFlag(FaultKinds.Messages))
            {
                var random = new SeededRandom(_chance.NextBits());
                services.AddSingleton<IOutgoingGrainCallFilter>(provider => new UnreliableMessages(Faults.Messages, random, provider.GetRequiredService<TimeProvider>(), Log));
            }
            _configure?.Invoke(services);
        },
        faults: Faults.Grains);

    private FaultyJournal OpenJournal(TimeProvider time, TaskScheduler turns)
    {
        var journal = _store.Open(time, turns);
        Archive = journal as IJournalArchive;
        return _journal = new FaultyJournal(journal, Faults.Storage, new SeededRandom(_chance.NextBits()), time, turns, Log);
    }

    /// <summary>What the engine did to its grains stands in a log of its own.</summary>
    private void NoteGrainFaults()
    {
        foreach (var fault in World.Engine.Faults) Log.Add(fault.At, GrainFaults.Kind(fault), GrainFaults.Sentence(fault));
    }

    private T Filter<T>() => World.Engine.Services.GetServices<IIncomingGrainCallFilter>().OfType<T>().Single();

    private SeededRandom Draw() => new(_random.NextBits());

    private async Task WorkOff()
    {
        var patience = _closesAt.AddHours(4);
        while (World.Now < patience && (IsOpen || await Left() > 0)) await World.Pass(TimeSpan.FromSeconds(10));
        IsDone = true;
        if (await Left() is > 0 and var left) throw new BrokenPromiseException($"{left} cases do not come to an end: {await Waiting()}");
    }

    private async Task<string> Waiting()
    {
        var open = (await World.Journal.Read.Cases(World.Workspace, new CaseFilter(OpenOnly: true), null, 5)).Items;
        var why = new List<string>();
        foreach (var row in open)
            why.Add($"{row.CaseId} is {row.State.Status} in {row.State.Queue}, holder '{row.State.Holder}'; {string.Join(", ", (await World.Router.Explain(row.CaseId))?.Agents.Select(agent => $"{agent.AgentId}: {agent.WhyNot}") ?? [])}");
        return string.Join('\n', why);
    }

    private async Task<int> Left() => (await World.Journal.Read.OpenByQueue(World.Workspace)).Sum(count => count.Count);
}
