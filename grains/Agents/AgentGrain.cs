using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Utilities;
using RoutingGrid.Grains.Cases;
using RoutingGrid.Grains.Routing;
using RoutingGrid.Grains.Storage;
using RoutingGrid.Grains.Workspaces;
using RoutingGrid.GrainInterfaces;
using RoutingGrid.GrainInterfaces.Agents;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.GrainInterfaces.Routing;
using RoutingGrid.Journal;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Grains.Agents;

/// <summary>An agent's presence and reservations. It alone knows what its agent can take; what they hold, the cases say.</summary>
internal sealed partial class AgentGrain : Grain, IAgentGrain
{
    private readonly IJournal _journal;
    private readonly ConfigurationCache _configurations;
    private readonly Deadlines _deadlines;
    private readonly TimeProvider _time;
    private readonly ObserverManager<IAgentObserver> _observers;

    private string _workspace = "";
    private string _agentId = "";
    private AgentState _state = AgentState.None;
    private Hands _hands = new();
    private IRouterGrain _router = null!;

    public AgentGrain(IJournal journal, ConfigurationCache configurations, Deadlines deadlines, TimeProvider time, GrainOptions options, ILogger<AgentGrain> log)
    {
        (_journal, _configurations, _deadlines, _time) = (journal, configurations, deadlines, time);
        _observers = new ObserverManager<IAgentObserver>(options.ObserverLife, log) { GetDateTime = () => time.GetUtcNow().UtcDateTime };
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_workspace, _agentId) = GrainKeys.Split(this.GetPrimaryKeyString());
        _router = GrainFactory.GetGrain<IRouterGrain>(GrainKeys.Router(_workspace));
        await Load(cancellationToken);
        // The activation before may have learnt something that it did not come to tell.
        if (_state.Presence != Presence.Offline) await TellRouter();
    }

    public Task<AgentResult> Get() => Task.FromResult(Answer(null));

    public async Task Report()
    {
        // Another activation may have written since.
        await ReadOn();
        await LoadHands();
        await TellRouter();
    }

    public async Task Reconfigured()
    {
        if ((await Ready()).Refusal?.Code == RefusalCode.AgentUnknown) await Leave();
        await TellRouter();
    }

    public Task Watch(IAgentObserver observer)
    {
        _observers.Subscribe((Orleans.Runtime.IAddressable)observer, observer);
        return Task.CompletedTask;
    }

    public async Task CaseChanged(Holding holding)
    {
        // A message that was overtaken must not bring back what is over: the case's row says whether it is this agent's now.
        if (holding.Units > 0 && !_hands.Has(holding.CaseId) && await _journal.Read.Case(_workspace, holding.CaseId) is { } row)
            holding = Holdings.Of(holding.CaseId, row.State, _agentId);
        if (Merge(holding) == Taken.OtherWeight) await TellRouter();
    }

    private DateTimeOffset Now => _time.GetUtcNow();

    private ICaseGrain Case(string caseId) => GrainFactory.GetGrain<ICaseGrain>(GrainKeys.Of(_workspace, caseId));

    /// <summary>The row is the state as of some version; the stream has what came after.</summary>
    private async Task Load(CancellationToken cancel)
    {
        _state = (await _journal.Read.Agent(_workspace, _agentId, cancel))?.State ?? AgentState.None;
        await ReadOn(cancel);
        _state = await GiveTime(_state);
        await LoadHands();
    }

    /// <summary>Takes in what the stream has beyond the state that is known, and with it what the agent was given meanwhile: a version that is
    /// current must never stand beside hands that are not, or the next offer is one too many.</summary>
    private async Task CatchUp()
    {
        if (await ReadOn()) await LoadHands();
    }

    private async Task<bool> ReadOn(CancellationToken cancel = default)
    {
        var newer = await _journal.ReadStream(Stream, _state.Version, cancel);
        foreach (var recorded in newer) _state = AgentFold.Evolve(_state, recorded.Event);
        return newer.Count > 0;
    }

    private StreamId Stream => new(StreamKind.Agent, _workspace, _agentId);

    /// <summary>When its sessions were last heard from was only in memory, so each gets a whole new time.</summary>
    private async ValueTask<AgentState> GiveTime(AgentState state)
    {
        if (state.Sessions.IsEmpty || await _configurations.Get(_workspace) is not { } configuration) return state;
        foreach (var session in state.Sessions)
            if (session.GraceUntil is null) state = AgentDecisions.Touch(state, session.SessionId, acted: true, Now, configuration.Settings.Presence);
        return state;
    }

    private async Task LoadHands()
    {
        var idleSince = _hands.IdleSince;
        _hands = new Hands { IdleSince = idleSince > _state.ActivitySince ? idleSince : _state.ActivitySince };
        foreach (var row in await _journal.Read.CasesOf(_workspace, _agentId)) _hands.Put(Holdings.Of(row.CaseId, row.State, _agentId));
    }

    private AgentResult Answer(Refusal? refusal) => new(refusal, _state, _hands.All);

    private async ValueTask<(CompiledConfiguration? Configuration, AgentSettings? Profile, Refusal? Refusal)> Ready()
    {
        if (await _configurations.Get(_workspace) is not { } configuration) return (null, null, Refusals.WorkspaceUnknown(_workspace));
        return configuration.Agent(_agentId) is { } profile
            ? (configuration, profile, null)
            : (configuration, null, new Refusal(RefusalCode.AgentUnknown, $"The workspace's configuration has no agent '{_agentId}'."));
    }

    private async Task TellRouter() => _ = _router.AgentChanged(await View());

    private void Notify(string type, Holding? holding, string? detail = null)
    {
        if (_observers.Count == 0) return;
        var notice = new AgentNotice(type, Now, holding, holding is null ? _state : null, detail);
        _observers.Notify(observer => observer.Notify(notice));
    }
}
