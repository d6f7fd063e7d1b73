using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RoutingGrid.Api.Authentication;
using RoutingGrid.Api.OpenApi;
using RoutingGrid.Api.Problems;
using RoutingGrid.GrainInterfaces;
using RoutingGrid.GrainInterfaces.Agents;
using RoutingGrid.GrainInterfaces.Workspaces;
using RoutingGrid.Journal;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Agents;

namespace RoutingGrid.Api.Agents;

/// <summary>Who is there, doing what, with which cases.</summary>
internal static class AgentReads
{
    public static void MapAgentReads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/workspaces/{workspace}/agents", List).For(Roles.SupervisorsAndAgents).Refuses(404)
            .Titled("Agents", "List the configured agents", "As the read model has them. An agent's key lists that agent.");
        routes.MapGet("/workspaces/{workspace}/agents/{agentId}", Get).For(Roles.SupervisorsAndAgents).Refuses(404)
            .Titled("Agents", "Read an agent", "Presence, activity, sessions, and what they hold and are asked about, as they are now.");
    }

    private static async Task<Results<Ok<ListView<AgentView>>, Problem>> List(
        string workspace, Caller caller, IJournal journal, IGrainFactory grains, CancellationToken cancel)
    {
        if (await grains.GetGrain<IWorkspaceGrain>(workspace).Get() is not { } configured)
            return Problem.Of(RefusalCode.WorkspaceUnknown, $"Workspace '{workspace}' has no configuration yet.");
        var states = (await journal.Read.Agents(workspace, cancel)).ToDictionary(row => row.AgentId, row => row.State);
        var agents = ImmutableArray.CreateBuilder<AgentView>();
        foreach (var agent in configured.Configuration.Agents.OrderBy(a => a.Id, StringComparer.Ordinal))
        {
            if (caller.AgentId is { } own && own != agent.Id) continue;
            var cases = await journal.Read.CasesOf(workspace, agent.Id, cancel);
            var state = states.GetValueOrDefault(agent.Id, AgentState.None);
            agents.Add(AgentView.Of(agent.Id, agent.Name, state, [.. cases.Select(row => HoldingView.Of(row, agent.Id))]));
        }
        return TypedResults.Ok(new ListView<AgentView>(agents.ToImmutable()));
    }

    private static async Task<Results<Ok<AgentView>, Problem>> Get(
        string workspace, string agentId, IGrainFactory grains, IJournal journal, CancellationToken cancel)
    {
        if (await WhyNot(workspace, agentId, grains, journal, cancel) is { } unknown) return Problem.Of(unknown);
        var result = await grains.GetGrain<IAgentGrain>(GrainKeys.Of(workspace, agentId)).Get();
        return result.Refusal is { } refusal ? Problem.Of(refusal) : TypedResults.Ok(AgentView.Of(agentId, result));
    }

    /// <summary>Why there is nothing to see of an agent, or null. Agents who are no longer configured are still there to see. Asked
    /// before their grain is, so that names that nobody configured do not become grains.</summary>
    public static async Task<Refusal?> WhyNot(string workspace, string agentId, IGrainFactory grains, IJournal journal, CancellationToken cancel)
    {
        if (await grains.GetGrain<IWorkspaceGrain>(workspace).Get() is not { } configured)
            return new Refusal(RefusalCode.WorkspaceUnknown, $"Workspace '{workspace}' has no configuration yet.");
        if (configured.Configuration.Agents.Any(agent => agent.Id == agentId)) return null;
        return await journal.Read.Agent(workspace, agentId, cancel) is not null
            ? null
            : new Refusal(RefusalCode.AgentUnknown, $"The configuration of '{workspace}' has no agent '{agentId}'.");
    }
}
