using RoutingGrid.Api.Agents;
using RoutingGrid.GrainInterfaces.Agents;

namespace RoutingGrid.Api.Live;

/// <summary>One event of a live feed.</summary>
/// <param name="Name">The event's name for server-sent events; null: only a sign of life.</param>
/// <param name="Data">A view.</param>
internal sealed record LiveEvent(string? Name, object? Data)
{
    public static LiveEvent SignOfLife { get; } = new(null, null);
}

/// <summary>Something that an agent's desktop shows at once.</summary>
/// <param name="Type"><c>agent.snapshot</c>, which comes first and again from time to time; <c>offer.made</c>, <c>offer.ended</c>,
/// <c>case.assigned</c>, <c>case.changed</c>, <c>case.released</c>, <c>agent.changed</c>.</param>
/// <param name="Holding">The case that it is about.</param>
/// <param name="Agent">The agent as they are now; with what they hold in a snapshot only.</param>
internal sealed record NoticeView(
    string Type, DateTimeOffset At, string Workspace, string AgentId, HoldingView? Holding, AgentView? Agent, string? Detail)
{
    public static NoticeView Of(string workspace, string agentId, AgentNotice notice) => new(
        notice.Type, notice.At, workspace, agentId, notice.Holding is { } holding ? HoldingView.Of(holding) : null,
        notice.Agent is { } agent ? AgentView.Of(agentId, null, agent, []) : null, notice.Detail);

    public static NoticeView Snapshot(string workspace, string agentId, DateTimeOffset at, AgentResult agent) =>
        new("agent.snapshot", at, workspace, agentId, null, AgentView.Of(agentId, agent), null);
}
