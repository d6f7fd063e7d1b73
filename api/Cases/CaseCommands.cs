using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RoutingGrid.Api.Authentication;
using RoutingGrid.Api.Problems;
using RoutingGrid.Api.Requests;
using RoutingGrid.GrainInterfaces;
using RoutingGrid.GrainInterfaces.Agents;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Routing;

namespace RoutingGrid.Api.Cases;

/// <summary>One command on one case: who, with which headers, and the way to its grain and back.</summary>
internal sealed class CaseCommands(IGrainFactory grains, GrainCalls calls)
{
    public ICaseGrain Case(string workspace, string caseId) => grains.GetGrain<ICaseGrain>(GrainKeys.Of(workspace, caseId));

    public IAgentGrain Agent(string workspace, string agentId) => grains.GetGrain<IAgentGrain>(GrainKeys.Of(workspace, agentId));

    /// <summary>Runs a command on the case's grain, and tells the caller's agent that their session is not idle.</summary>
    public async Task<Results<Ok<CaseView>, Problem>> Run(
        HttpContext context, string workspace, string caseId, Caller caller, CommandHeaders headers, string action,
        Func<ICaseGrain, CommandContext, Task<CaseResult>> command)
    {
        var grain = Case(workspace, caseId);
        var commandContext = headers.For(caller, action);
        var result = await calls.Case(() => command(grain, commandContext), context.RequestAborted);
        if (result.Refusal is null && caller.AgentId is { } agent && headers.Session is { } session) await Agent(workspace, agent).Acted(session);
        return Answer(context, caseId, result);
    }

    /// <summary>Gives the case to an agent. Who holds it may; so may a supervisor, whoever holds it.</summary>
    public async Task<Results<Ok<CaseView>, Problem>> Assign(
        HttpContext context, string workspace, string caseId, Caller caller, CommandHeaders headers, string agentId, bool excess)
    {
        var target = Agent(workspace, agentId);
        var command = headers.For(caller, "assign");
        if (caller.AgentId is { } holder)
        {
            // The agent's grain does not ask who gives; so the holder is checked here, at a version that the case's grain checks again.
            var seen = await Case(workspace, caseId).Get();
            if (command.CommandId is { } id && seen.State.RecentCommands.Contains(id)) return Answer(context, caseId, seen);
            if (seen.Refusal is { } none) return Problem.Of(none);
            if (seen.State.Holder != holder)
                return Problem.Of(RefusalCode.NotHolder, seen.State.Holder is null ? "Nobody holds this case now." : "Another agent holds this case.");
            command = command with { IfVersion = command.IfVersion ?? seen.State.Version };
        }
        return Answer(context, caseId, await calls.Case(() => target.Assign(caseId, excess, command), context.RequestAborted));
    }

    /// <summary>The case as it is after a command, with its version as the ETag; or why the command was refused.</summary>
    public static Results<Ok<CaseView>, Problem> Answer(HttpContext context, string caseId, CaseResult result)
    {
        if (result.Refusal is { } refusal) return Problem.Of(refusal);
        ETags.Set(context, result.State.Version);
        return TypedResults.Ok(CaseView.Of(caseId, result.State));
    }
}
