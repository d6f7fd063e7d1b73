using System.Collections.Immutable;
using RoutingGrid.Grains.Workspaces;
using RoutingGrid.GrainInterfaces;
using RoutingGrid.GrainInterfaces.Agents;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.GrainInterfaces.Routing;
using RoutingGrid.Journal;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Matching;

namespace RoutingGrid.Grains.Routing;

/// <summary>Feeds the matcher with what cases and agents say, and sends its proposals to agents. It awaits nobody in a matching
/// pass, so a pass is one turn, and passes cannot overlap.</summary>
[KeepAlive]
internal sealed partial class RouterGrain(IJournal journal, ConfigurationCache configurations, TimeProvider time, GrainOptions options) : Grain, IRouterGrain
{
    private static readonly TimeSpan DeferFor = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, WaitingCase> _waiting = [];
    private readonly Dictionary<string, long> _agents = [];
    private readonly Dictionary<string, DateTimeOffset> _readAt = [];
    private readonly Dictionary<(string CaseId, string AgentId), DateTimeOffset> _asked = [];
    private readonly Dictionary<string, WaitingCase> _deferred = [];
    private readonly HashSet<string> _triedAgain = [];
    private readonly PriorityQueue<string, (DateTimeOffset Due, long Order)> _deferredUntil = new();
    private readonly List<Proposal> _proposals = [];
    private Matcher? _matcher;
    private IGrainTimer? _wake;
    private DateTimeOffset _wakeAt = DateTimeOffset.MaxValue;
    private string _workspace = "";
    private IRouterGrain? _self;
    private bool _passAsked;
    private long _order;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _workspace = GrainKeys.Split(this.GetPrimaryKeyString()).Workspace;
        _self = this.AsReference<IRouterGrain>();
        _wake = this.RegisterGrainTimer(Wake, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        await Rebuild();
        this.RegisterGrainTimer(Repair, new GrainTimerCreationOptions(options.RouterRepair, options.RouterRepair) { KeepAlive = true, Interleave = true });
    }

    public Task Start() => Task.CompletedTask;

    public Task CaseChanged(string caseId, CaseState state)
    {
        Hear(caseId, state);
        RouteSoon();
        return Task.CompletedTask;
    }

    public Task AgentChanged(AgentView agent)
    {
        Note(agent);
        RouteSoon();
        return Task.CompletedTask;
    }

    public Task Pass()
    {
        Route();
        return Task.CompletedTask;
    }

    public Task ProposalAnswered(string caseId, AgentView agent, Refusal? refusal, CaseState? state)
    {
        _asked.Remove((caseId, agent.AgentId));
        _matcher?.ProposalEnded(caseId, agent.AgentId);
        Note(agent);
        if (state is not null && refusal is null) Hear(caseId, state);
        // An activation that was behind has gone with this answer, and nobody shall overtake the case for it: once more, before anything else is believed.
        var isTriedAgain = refusal is { Code: RefusalCode.TryAgain } && _triedAgain.Add(caseId);
        if (!isTriedAgain) _triedAgain.Remove(caseId);
        // An agent who is away or full has just said so; any other refusal means that the case is not what it was thought to be.
        if (!isTriedAgain && refusal is not (null or { Code: RefusalCode.AgentOffline or RefusalCode.AgentUnavailable or RefusalCode.NoCapacity })) Refused(caseId);
        RouteSoon();
        return Task.CompletedTask;
    }

    public async Task Reconfigured()
    {
        if (await configurations.Get(_workspace) is not { } configuration) return;
        if (_matcher is null) await Rebuild();
        else Reconfigure(configuration);
        Route();
    }

    public Task<Explanation?> Explain(string caseId) => Task.FromResult(_matcher?.Explain(caseId, Now));

    public Task<ImmutableArray<QueueSnapshot>> Queues() => Task.FromResult<ImmutableArray<QueueSnapshot>>(_matcher is null ? [] : [.. _matcher.Snapshot(Now)]);

    private DateTimeOffset Now => time.GetUtcNow();

    private void Hear(string caseId, CaseState state)
    {
        _heard?.Add(caseId);
        Note(caseId, state);
    }

    /// <summary>Older news than is known would bring back what is over, or take away what waits.</summary>
    private void Note(string caseId, CaseState state)
    {
        if (_matcher is null) return;
        if ((_waiting.TryGetValue(caseId, out var known) || _deferred.TryGetValue(caseId, out known)) && known.Version >= state.Version) return;
        _deferred.Remove(caseId);
        if (state.Status is CaseStatus.Queued or CaseStatus.Offered)
        {
            var waiting = WaitingCase.From(state, caseId);
            _waiting[caseId] = waiting;
            _matcher.Put(waiting);
        }
        else if (_waiting.Remove(caseId))
        {
            _matcher.Remove(caseId);
        }
    }

    private void Note(AgentView agent)
    {
        if (_matcher is null || (_agents.TryGetValue(agent.AgentId, out var known) && known > agent.Version)) return;
        _agents[agent.AgentId] = agent.Version;
        _matcher.Put(agent);
    }

    /// <summary>What was believed of the case or the agent was wrong. The agent's answer says how they stand; the case is asked, and
    /// not proposed again before it has said something new, or some time has passed.</summary>
    private void Refused(string caseId)
    {
        if (!_waiting.Remove(caseId, out var waiting)) return;
        _matcher!.Remove(caseId);
        _deferred[caseId] = waiting;
        _deferredUntil.Enqueue(caseId, (Now + DeferFor, _order++));
        _ = GrainFactory.GetGrain<ICaseGrain>(GrainKeys.Of(_workspace, caseId)).Report();
    }

    /// <summary>One pass for all that waits in the router's queue: under load its cost is shared.</summary>
    private void RouteSoon()
    {
        if (_passAsked || _matcher is null) return;
        _passAsked = true;
        _ = _self!.Pass();
    }

    private void Route()
    {
        // Also the router's message to itself can be lost: any pass makes room for the next one.
        _passAsked = false;
        if (_matcher is null) return;
        var now = Now;
        while (_matcher.Match(now, _proposals) > 0)
        {
            foreach (var proposal in _proposals) Propose(proposal, now);
            _proposals.Clear();
        }
        Arm(now);
    }

    private void Propose(Proposal proposal, DateTimeOffset now)
    {
        var waiting = _waiting[proposal.CaseId];
        _asked[(proposal.CaseId, proposal.AgentId)] = now;
        // Where the matcher asks again somebody who declined, it has found nobody else.
        var again = waiting.Declines.Any(decline => decline.AgentId == proposal.AgentId);
        _ = GrainFactory.GetGrain<IAgentGrain>(GrainKeys.Of(_workspace, proposal.AgentId))
            .Propose(proposal, new CaseToOffer(waiting.Channel, waiting.Account, waiting.Queue, again));
    }

    private Task Wake()
    {
        var now = Now;
        _wakeAt = DateTimeOffset.MaxValue;
        while (_deferredUntil.TryPeek(out var caseId, out var due) && due.Due <= now)
        {
            _deferredUntil.Dequeue();
            if (_deferred.Remove(caseId, out var waiting) && _waiting.TryAdd(caseId, waiting)) _matcher!.Put(waiting);
        }
        Route();
        return Task.CompletedTask;
    }

    /// <summary>Wakes when time alone may enable a match.</summary>
    private void Arm(DateTimeOffset now)
    {
        var next = _matcher!.NextChange(now);
        if (_deferredUntil.TryPeek(out _, out var due) && (next is null || due.Due < next)) next = due.Due;
        if (next is not { } at || at >= _wakeAt) return;
        _wakeAt = at;
        _wake!.Change(at > now ? at - now : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
