using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RoutingGrid.Api.Authentication;
using RoutingGrid.Api.OpenApi;
using RoutingGrid.Api.Problems;
using RoutingGrid.Api.Requests;
using RoutingGrid.GrainInterfaces;
using RoutingGrid.GrainInterfaces.Cases;

namespace RoutingGrid.Api.Messages;

/// <summary>Messages in.</summary>
internal static class MessageEndpoints
{
    public static void MapMessages(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/workspaces/{workspace}/messages", Receive).For(Roles.Integrators).Refuses(404, 409, 413, 422)
            .Titled("Messages", "Bring a message in",
                "Answers after the message is durable in exactly one case: 201 where it opened the case, 200 otherwise. "
                + "The same messageId again gets the first answer again.");

    private static async Task<Results<Created<MessageReceipt>, Ok<MessageReceipt>, Problem>> Receive(
        string workspace, MessageRequest message, IGrainFactory grains, GrainCalls calls, CancellationToken cancel)
    {
        var customer = grains.GetGrain<ICustomerGrain>(GrainKeys.Of(workspace, $"{message.Channel}:{message.Author}"));
        var incoming = message.ToMessage();
        var result = await calls.Run(() => customer.Receive(incoming), r => r.Refusal, cancel);
        if (result.Refusal is { } refusal) return Problem.Of(refusal);
        var receipt = new MessageReceipt(result.CaseId, result.Opened, result.Duplicate, result.Version);
        return result is { Opened: true, Duplicate: false }
            ? TypedResults.Created($"/v1/workspaces/{Uri.EscapeDataString(workspace)}/cases/{Uri.EscapeDataString(result.CaseId)}", receipt)
            : TypedResults.Ok(receipt);
    }
}
