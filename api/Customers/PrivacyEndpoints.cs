using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using RoutingGrid.Api.Authentication;
using RoutingGrid.Api.OpenApi;
using RoutingGrid.Api.Problems;
using RoutingGrid.Api.Requests;
using RoutingGrid.GrainInterfaces;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Journal;

namespace RoutingGrid.Api.Customers;

/// <summary>What an erasure answers.</summary>
/// <param name="Customer">What the customer is called from now on.</param>
/// <param name="Cases">The cases that nothing personal is left in.</param>
internal sealed record ErasureView(string Customer, ImmutableArray<string> Cases);

/// <summary>What a customer may ask for: all that is kept of them, and that it is forgotten.</summary>
internal static class PrivacyEndpoints
{
    public static void MapPrivacy(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/workspaces/{workspace}/customers/{customerId}/export", Export).For(Roles.Supervisors)
            .Produces<CustomerExportView>().Refuses(404)
            .Titled("Customers", "Export everything that is kept of a customer", "One JSON document, streamed: who they are, and every case with its state and its whole timeline.");
        routes.MapPost("/workspaces/{workspace}/customers/{customerId}/erase", Erase).For(Roles.Administrators).Refuses(404, 409, 422)
            .Titled(
                "Customers", "Erase a customer's personal data",
                "Destroys the key of everything personal in all of their cases; it cannot be undone. Refused while one of the cases is open. What statistics need stays, "
                + "under a name that says nothing. If the customer writes again, they are somebody new. Repeat it with the same Idempotency-Key if no answer came.");
    }

    private static async Task<IResult> Export(
        string workspace, string customerId, IJournal journal, TimeProvider time, HttpContext context, CancellationToken cancel)
    {
        if (await CustomerExport.Find(journal, workspace, customerId, cancel) is not { } export) return CustomerEndpoints.NoSuchCustomer(customerId);
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName($"{workspace}-{customerId}.json");
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.ContentDisposition = disposition.ToString();
        context.Response.Headers.CacheControl = "no-store";
        await export.WriteTo(context.Response.BodyWriter, time.GetUtcNow(), cancel);
        return Results.Empty;
    }

    private static async Task<Results<Ok<ErasureView>, Problem>> Erase(
        string workspace, string customerId, Caller caller, [AsParameters] CommandHeaders headers, IGrainFactory grains, GrainCalls calls, CancellationToken cancel)
    {
        var customer = grains.GetGrain<ICustomerGrain>(GrainKeys.Of(workspace, customerId));
        var command = headers.For(caller, "erase");
        var result = await calls.Run(() => customer.Erase(command), erased => erased.Refusal, cancel);
        return result.Refusal is { } refusal ? Problem.Of(refusal) : TypedResults.Ok(new ErasureView(result.Pseudonym, result.Cases));
    }
}
