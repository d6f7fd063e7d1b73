using System.Collections.Immutable;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Simulation.World;

namespace RoutingGrid.Simulation.Scenarios.Running;

/// <summary>One run of a scenario through the real grains, from the first agent's coming to the last one's leaving.</summary>
internal sealed class ScenarioRun
{
    public const string Workspace = "scenario";

    // Agents' grains forget a desktop that has not been heard from for longer, and are themselves forgotten after a quarter of an hour.
    private static readonly TimeSpan Renewal = TimeSpan.FromMinutes(10);

    // When nothing has come to an end for so long after the last period, nothing will.
    private static readonly TimeSpan Hopeless = TimeSpan.FromDays(1);

    private readonly List<Contact> _contacts;
    private readonly Dictionary<string, Contact> _byCase;
    private readonly CompiledConfiguration _configuration;
    private readonly RunLimits _limits;
    private readonly ImmutableArray<IncomingMessage> _messages;
    private readonly ImmutableArray<ScenarioAgent> _agents;
    private readonly TaskCompletionSource _allEnded = new();
    private readonly TaskCompletionSource _over = new();
    private readonly TaskCompletionSource _failure = new();
    private long _ended;
    private int _inService;

    public ScenarioRun(Scenario scenario, SimulatedWorld world, ulong seed)
    {
        (Scenario, World, Seed) = (scenario, world, seed);
        Tally = new RunTally(scenario);
        _configuration = new CompiledConfiguration(1, ScenarioWorkspace.Configuration(scenario));
        _contacts = Arrivals.Of(scenario, seed);
        _byCase = _contacts.ToDictionary(contact => contact.CaseId);
        _limits = new RunLimits(scenario, _configuration);
        _messages = [.. scenario.Types.Select(type => ScenarioWorkspace.Message(scenario, type))];
        Available = _configuration.Settings.Activities.First(activity => activity.Available).Name;
        _agents = [.. scenario.Groups.SelectMany((group, i) => Enumerable.Range(0, group.Agents.Max()).Select(number => new ScenarioAgent(this, i, number)))];
    }

    public Scenario Scenario { get; }
    public SimulatedWorld World { get; }
    public ulong Seed { get; }
    public RunTally Tally { get; }

    /// <summary>The activity of who takes work.</summary>
    public string Available { get; }

    /// <summary>Nobody will come any more, and nobody who came can be served.</summary>
    public Task Over => _over.Task;

    /// <summary>Since the start.</summary>
    public TimeSpan Now => World.Now - Scenario.Start;

    /// <summary>The last moment at which somebody was served or went, or the end of the last period if that is later.</summary>
    public TimeSpan End { get; private set; }

    public async Task Play(IProgress<RunProgress>? progress, CancellationToken cancel)
    {
        await World.Configure(_configuration.Settings);
        Watch(KeepInTouch());
        await await Task.WhenAny(PlayAll(progress, cancel), _failure.Task);
        foreach (var contact in _contacts)
            if (contact.State == ContactState.Waiting) Tally.Remaining(contact.TypeIndex, contact.Arrival, End);
    }

    public Task Until(TimeSpan time) => World.Pass(time - Now);

    /// <summary>Lets everything happen that happens at this instant.</summary>
    public async Task Settle()
    {
        var settled = new TaskCompletionSource();
        await using var timer = World.Time.CreateTimer(static state => ((TaskCompletionSource)state!).SetResult(), settled, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        await settled.Task;
    }

    /// <summary>What goes wrong in it ends the run.</summary>
    public void Watch(Task task)
    {
        if (!task.IsCompletedSuccessfully) _ = Observe(task);
    }

    public Contact Find(string caseId) => _byCase[caseId];

    public string RonaActivity(string queue) => _configuration.Queue(queue)!.RonaActivity;

    public void Offered(Contact contact)
    {
        contact.LiveOffers++;
        contact.Count();
    }

    public void OfferEnded(Contact contact)
    {
        contact.LiveOffers--;
        contact.Count();
    }

    public void Assigned(Contact contact)
    {
        contact.LiveOffers = 0;
        if (contact.State != ContactState.Waiting) return;
        _inService++;
        Leave(contact, ContactState.Served);
        Tally.Served(contact.TypeIndex, contact.Arrival, Now);
    }

    public void Finished(Contact contact)
    {
        _inService--;
        Ended();
    }

    private async Task Observe(Task task)
    {
        try
        {
            await task;
        }
        catch (Exception exception)
        {
            _failure.TrySetException(exception);
        }
    }

    private async Task PlayAll(IProgress<RunProgress>? progress, CancellationToken cancel)
    {
        var work = _agents.Select(agent => agent.Work()).ToList();
        foreach (var task in work) Watch(task);
        // Who is there from the beginning is there before the first contact.
        await Settle();
        await Receive(progress, cancel);
        await Until(Scenario.Periods[^1].To);
        if (_ended == _contacts.Count) _allEnded.TrySetResult();
        for (var before = -1L; !_allEnded.Task.IsCompleted && (_ended != before || _inService > 0);)
        {
            before = _ended;
            cancel.ThrowIfCancellationRequested();
            await Task.WhenAny(_allEnded.Task, World.Pass(Hopeless));
        }
        if (End < Scenario.Periods[^1].To) End = Scenario.Periods[^1].To;
        _over.SetResult();
        await Task.WhenAll(work);
    }

    private async Task Receive(IProgress<RunProgress>? progress, CancellationToken cancel)
    {
        var reported = TimeSpan.Zero;
        for (var i = 0; i < _contacts.Count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            await Until(_contacts[i].Arrival);
            await Receive(_contacts[i]);
            if (progress is null || Now - reported < TimeSpan.FromMinutes(15)) continue;
            reported = Now;
            progress.Report(new RunProgress(World.Now, i + 1));
        }
    }

    private async Task Receive(Contact contact)
    {
        contact.Limits = _limits.Of(contact.Type, World.Now);
        contact.State = ContactState.Waiting;
        contact.Count();
        if (contact.Patience is { } patience)
            contact.PatienceTimer = World.Time.CreateTimer(_ => Watch(Abandon(contact)), null, patience, Timeout.InfiniteTimeSpan);
        var author = contact.Author;
        var received = await World.Customer(contact.Type.Channel, author).Receive(_messages[contact.TypeIndex] with { MessageId = author, Author = author });
        if (received.Refusal is { } refusal) throw new InvalidOperationException($"{author} was refused: {refusal.Detail}");
        if (contact.Limits.IsEmpty) return;
        await Settle();
        if (contact.InQueue && contact.Limits.Any(limit => limit.Waiting > limit.Most)) await TurnAway(contact);
    }

    private async Task Abandon(Contact contact)
    {
        if (contact.State != ContactState.Waiting || !await Close(contact, null)) return;
        Leave(contact, ContactState.Abandoned);
        Tally.Abandoned(contact.TypeIndex, contact.Arrival, Now);
        Ended();
    }

    private async Task TurnAway(Contact contact)
    {
        if (!await Close(contact, ScenarioWorkspace.QueueFull)) return;
        Leave(contact, ContactState.Blocked);
        Tally.Blocked(contact.TypeIndex, contact.Arrival);
        Ended();
    }

    /// <summary>False: an agent has it.</summary>
    private async Task<bool> Close(Contact contact, string? reason) =>
        (await World.Case(contact.CaseId).Close(null, CloseKind.Abandoned, null, reason, CommandContext.System)).Refusal is null;

    private void Leave(Contact contact, ContactState state)
    {
        contact.State = state;
        contact.Count();
        contact.PatienceTimer?.Dispose();
        contact.PatienceTimer = null;
        if (Now > End) End = Now;
    }

    private void Ended()
    {
        if (++_ended == _contacts.Count) _allEnded.TrySetResult();
    }

    private async Task KeepInTouch()
    {
        var presence = _configuration.Settings.Presence;
        if (presence.DisconnectAfterSeconds > 0) Watch(Every(TimeSpan.FromSeconds(presence.HeartbeatSeconds), agent => agent.Beat()));
        if (presence.IdleTimeoutSeconds > 0) Watch(Every(TimeSpan.FromSeconds(presence.IdleTimeoutSeconds) / 2, agent => agent.Act()));
        await Every(Renewal, agent => agent.Renew());
    }

    private async Task Every(TimeSpan time, Func<ScenarioAgent, Task> what)
    {
        while (!_over.Task.IsCompleted)
        {
            await World.Pass(time);
            foreach (var agent in _agents)
                if (agent.IsSignedIn) await what(agent);
        }
    }
}
