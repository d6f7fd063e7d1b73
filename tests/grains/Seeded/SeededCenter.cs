using Microsoft.Extensions.DependencyInjection;
using RoutingGrid.Engine.Simulation;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Journal;
using RoutingGrid.Journal.Audit;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Simulation.World;

namespace RoutingGrid.Grains.Tests.Seeded;

/// <summary>A random center of contacts in virtual time, with customers, agents and a supervisor. Everything in it follows from its seed.</summary>
internal sealed class SeededCenter : IDisposable
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>A case that was refused on its way waits a second before it is proposed again.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(3);

    private readonly SeededRandom _random;
    private readonly GrainOptions? _options;
    private readonly Action<IServiceCollection>? _configure;
    private readonly Dictionary<string, string> _acknowledged = [];
    private readonly HashSet<string> _new = [];
    private readonly List<Func<Task>> _people = [];
    private readonly DateTimeOffset _closesAt;
    private bool _configured;

    /// <param name="configure">Adds services, such as call filters.</param>
    public SeededCenter(ulong seed, GrainOptions? options = null, Action<IServiceCollection>? configure = null)
    {
        (Seed, _options, _configure) = (seed, options, configure);
        _random = new SeededRandom(seed);
        Seconds = 1800 + _random.Below(5400);
        Configuration = RandomCenter.Draw(_random);
        World = StartWorld(Monday, journal: null);
        _closesAt = Monday.AddSeconds(Seconds);
        _people.Add(new RandomSupervisor(this, Draw()).Live);
        for (var customer = 0; customer < 12; customer++) _people.Add(new RandomCustomer(this, $"customer-{customer}", Draw()).Live);
        foreach (var agent in Configuration.Agents) _people.Add(new RandomAgent(this, agent.Id, Draw()).Live);
        _people.Add(WorkOff);
    }

    public ulong Seed { get; }
    public SimulatedWorld World { get; private set; }
    public WorkspaceConfiguration Configuration { get; set; }

    /// <summary>How long the center is open.</summary>
    public int Seconds { get; }

    /// <summary>Whether customers write and agents do as they please; afterwards, what is left is worked off.</summary>
    public bool IsOpen => World.Now < _closesAt;

    /// <summary>Every case has come to its end.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Opens, closes, waits until everything is handled, and returns what is wrong.</summary>
    public async Task<IReadOnlyList<Violation>> Run(TimeSpan? tolerance = null)
    {
        RunPeople();
        var audit = await JournalAudit.Of(World.Journal, tolerance ?? Tolerance);
        return [.. audit.Violations, .. await Lost()];
    }

    /// <summary>Opens, closes, and waits until everything is handled.</summary>
    public void RunPeople()
    {
        World.Run(Live);
        if (Filter<StormGuard>().Storm is { } storm) throw new InvalidOperationException(storm);
    }

    /// <summary>Lets the process die after so many calls between grains, in the midst of whatever happens then, and starts another one
    /// over the same journal. People go on where they were.</summary>
    public void RunAndCrash(int calls)
    {
        Filter<Blackout>().After(calls);
        var people = World.Engine.Post(Live);
        while (!Filter<Blackout>().IsDark && !people.IsCompleted) World.Engine.RunFor(TimeSpan.FromSeconds(1));
        if (people.IsFaulted) throw people.Exception;
        World = StartWorld(World.Now, World.Journal);
    }

    /// <summary>A message is new once, and in the same case whoever asks.</summary>
    public void Acknowledged(IncomingMessage message, ReceiveResult result)
    {
        if (!result.Duplicate && !_new.Add(message.MessageId)) throw new InvalidOperationException($"{message.MessageId} was new twice.");
        if (_acknowledged.GetValueOrDefault(message.MessageId, result.CaseId) is var known && known != result.CaseId)
            throw new InvalidOperationException($"{message.MessageId} is in case {result.CaseId}, and was in {known}.");
        _acknowledged[message.MessageId] = result.CaseId;
    }

    public void Dispose() => World.Dispose();

    private async Task Live()
    {
        if (_configured) await World.Open();
        else await World.Configure(Configuration);
        _configured = true;
        await Task.WhenAll(_people.Select(live => live()));
    }

    private SimulatedWorld StartWorld(DateTimeOffset now, IJournal? journal) => SimulatedWorld.Start(Seed, now, options: _options, journal: journal, configure: services =>
    {
        services.AddSingleton<IIncomingGrainCallFilter, StormGuard>();
        services.AddSingleton<IIncomingGrainCallFilter, Blackout>();
        _configure?.Invoke(services);
    });

    private T Filter<T>() => World.Engine.Services.GetServices<IIncomingGrainCallFilter>().OfType<T>().Single();

    private SeededRandom Draw() => new(_random.NextBits());

    private async Task WorkOff()
    {
        var patience = _closesAt.AddHours(4);
        while (World.Now < patience && (IsOpen || await Left() > 0)) await World.Pass(TimeSpan.FromSeconds(10));
        IsDone = true;
        if (await Left() is > 0 and var left) throw new InvalidOperationException($"{left} cases do not come to an end: {await Waiting()}");
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

    private async Task<IEnumerable<Violation>> Lost()
    {
        var found = new Dictionary<string, string>();
        await foreach (var recorded in World.Journal.ReadAll())
            if (recorded.Event is MessageReceived message) found[message.MessageId] = recorded.Stream.Id;
        return _acknowledged.Where(message => found.GetValueOrDefault(message.Key) != message.Value)
            .Select(message => new Violation(2, 0, World.Now, World.Workspace, $"message {message.Key} was acknowledged in case {message.Value}, and is in '{found.GetValueOrDefault(message.Key)}'."));
    }
}
