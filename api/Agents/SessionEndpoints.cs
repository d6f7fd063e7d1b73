using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RoutingGrid.Api.Authentication;
using RoutingGrid.Api.Cases;
using RoutingGrid.Api.OpenApi;
using RoutingGrid.Api.Problems;
using RoutingGrid.Api.Requests;

namespace RoutingGrid.Api.Agents;

/// <summary>Signing in, staying, choosing an activity, leaving.</summary>
internal static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        var agent = routes.MapGroup("/workspaces/{workspace}/agents/{agentId}");
        agent.MapPost("sessions", SignIn).For(Roles.Agents).Refuses(404, 409, 422)
            .Titled("Agents", "Sign in", "Each device is a session of one presence.");
        agent.MapPost("sessions/{sessionId}/heartbeat", Heartbeat).For(Roles.Agents).Refuses(404, 409)
            .Titled("Agents", "Stay connected", "Every presence.heartbeatSeconds of the configuration. 409 when the session has ended: sign in again.");
        agent.MapDelete("sessions/{sessionId}", SignOut).For(Roles.Agents).Refuses(404, 409)
            .Titled("Agents", "Sign out", "With the last session, the agent's cases go back to their queues, or stay, by the queues' policy.");
        agent.MapPut("activity", SetActivity).For(Roles.SupervisorsAndAgents).Refuses(404, 409, 422)
            .Titled("Agents", "Change activity");
        agent.MapPost("logout", Logout).For(Roles.Supervisors).Refuses(404, 409)
            .Titled("Agents", "Sign an agent out of every session");
    }

    private static async Task<Results<Created<SignInView>, Problem>> SignIn(
        string workspace, string agentId, SignInRequest signIn, Caller caller, [AsParameters] CommandHeaders headers,
        CaseCommands grains, GrainCalls calls, CancellationToken cancel)
    {
        var session = signIn.SessionId ?? Guid.CreateVersion7().ToString("n");
        var command = headers.For(caller, "sign-in");
        var result = await calls.Agent(() => grains.Agent(workspace, agentId).SignIn(session, signIn.Device, signIn.Activity, command), cancel);
        if (result.Refusal is { } refusal) return Problem.Of(refusal);
        var at = $"/v1/workspaces/{Uri.EscapeDataString(workspace)}/agents/{Uri.EscapeDataString(agentId)}/sessions/{Uri.EscapeDataString(session)}";
        return TypedResults.Created(at, new SignInView(session, AgentView.Of(agentId, result)));
    }

    private static async Task<Results<NoContent, Problem>> Heartbeat(
        string workspace, string agentId, string sessionId, CaseCommands grains, GrainCalls calls, CancellationToken cancel)
    {
        var result = await calls.Agent(() => grains.Agent(workspace, agentId).Heartbeat(sessionId), cancel);
        return result.Refusal is { } refusal ? Problem.Of(refusal) : TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, Problem>> SignOut(
        string workspace, string agentId, string sessionId, Caller caller, [AsParameters] CommandHeaders headers,
        CaseCommands grains, GrainCalls calls, CancellationToken cancel)
    {
        var command = headers.For(caller, "sign-out");
        var result = await calls.Agent(() => grains.Agent(workspace, agentId).SignOut(sessionId, command), cancel);
        return result.Refusal is { } refusal ? Problem.Of(refusal) : TypedResults.NoContent();
    }

    private static async Task<Results<Ok<AgentView>, Problem>> SetActivity(
        string workspace, string agentId, ActivityRequest activity, Caller caller, [AsParameters] CommandHeaders headers,
        CaseCommands grains, GrainCalls calls, CancellationToken cancel)
    {
        var command = headers.For(caller, "activity");
        var session = caller.AgentId is null ? null : headers.Session;
        var result = await calls.Agent(() => grains.Agent(workspace, agentId).SetActivity(session, activity.Activity, command), cancel);
        return result.Refusal is { } refusal ? Problem.Of(refusal) : TypedResults.Ok(AgentView.Of(agentId, result));
    }

    private static async Task<Results<Ok<AgentView>, Problem>> Logout(
        string workspace, string agentId, Caller caller, [AsParameters] CommandHeaders headers,
        CaseCommands grains, GrainCalls calls, CancellationToken cancel)
    {
        var command = headers.For(caller, "logout");
        var result = await calls.Agent(() => grains.Agent(workspace, agentId).SignOut(null, command), cancel);
        return result.Refusal is { } refusal ? Problem.Of(refusal) : TypedResults.Ok(AgentView.Of(agentId, result));
    }
}
