using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RoutingGrid.Api.Authentication;
using RoutingGrid.Api.Cases;
using RoutingGrid.Api.OpenApi;
using RoutingGrid.Api.Problems;
using RoutingGrid.Api.Requests;
using RoutingGrid.GrainInterfaces.Agents;
using RoutingGrid.GrainInterfaces.Cases;

namespace RoutingGrid.Api.Agents;

/// <summary>Answers to offers.</summary>
internal static class OfferEndpoints
{
    public static void MapOffers(this IEndpointRouteBuilder routes)
    {
        var offer = routes.MapGroup("/workspaces/{workspace}/agents/{agentId}/offers/{offerId}");
        offer.MapPost("accept", Accept).For(Roles.Agents).Refuses(404, 409, 412, 422)
            .Titled("Agents", "Accept an offer", "Needs the RoutingGrid-Session header. 409 when the offer has ended in the meantime.");
        offer.MapPost("decline", Decline).For(Roles.Agents).Refuses(404, 409, 412, 422)
            .Titled("Agents", "Decline an offer", "Needs the RoutingGrid-Session header.");
    }

    private static Task<Results<Ok<CaseView>, Problem>> Accept(
        string workspace, string agentId, string offerId, OfferAnswerRequest answer, Caller caller, [AsParameters] CommandHeaders headers,
        HttpContext context, CaseCommands grains, GrainCalls calls) =>
        Answer(workspace, agentId, answer, headers, context, grains, calls, headers.For(caller, "accept"),
            (agent, session, command) => agent.Accept(session, answer.CaseId, offerId, command));

    private static Task<Results<Ok<CaseView>, Problem>> Decline(
        string workspace, string agentId, string offerId, OfferAnswerRequest answer, Caller caller, [AsParameters] CommandHeaders headers,
        HttpContext context, CaseCommands grains, GrainCalls calls) =>
        Answer(workspace, agentId, answer, headers, context, grains, calls, headers.For(caller, "decline"),
            (agent, session, command) => agent.Decline(session, answer.CaseId, offerId, command));

    private static async Task<Results<Ok<CaseView>, Problem>> Answer(
        string workspace, string agentId, OfferAnswerRequest answer, CommandHeaders headers, HttpContext context, CaseCommands grains, GrainCalls calls,
        CommandContext command, Func<IAgentGrain, string, CommandContext, Task<CaseResult>> send)
    {
        if (headers.Session is not { } session)
            return Problem.Invalid([new FieldError(CommandHeaders.SessionHeader, "missing", "the header must name the session in which the agent answers.")]);
        var agent = grains.Agent(workspace, agentId);
        return CaseCommands.Answer(context, answer.CaseId, await calls.Case(() => send(agent, session, command), context.RequestAborted));
    }
}
