using RoutingGrid.Api.Authentication;
using RoutingGrid.GrainInterfaces;
using RoutingGrid.GrainInterfaces.Agents;

namespace RoutingGrid.Api.Live;

/// <summary>What happens to one agent: offers, cases, activity.</summary>
internal sealed class AgentFeed : Feed, IAgentObserver
{
    private readonly string _workspace;
    private readonly string _agentId;
    private readonly IAgentGrain _agent;
    private readonly IAgentObserver _self;

    public AgentFeed(string workspace, string agentId, Caller caller, LiveServices services) : base(caller, services)
    {
        (_workspace, _agentId) = (workspace, agentId);
        _agent = services.Grains.GetGrain<IAgentGrain>(GrainKeys.Of(workspace, agentId));
        _self = services.Grains.CreateObjectReference<IAgentObserver>(this);
    }

    public void Notify(AgentNotice notice) => Post(new LiveEvent(notice.Type, NoticeView.Of(_workspace, _agentId, notice)));

    protected override Task Subscribe() => _agent.Watch(_self);

    protected override void Unsubscribe() => Services.Grains.DeleteObjectReference<IAgentObserver>(_self);

    protected override async Task<LiveEvent> Snapshot()
    {
        var snapshot = NoticeView.Snapshot(_workspace, _agentId, Services.Time.GetUtcNow(), await _agent.Get());
        return new LiveEvent(snapshot.Type, snapshot);
    }
}
