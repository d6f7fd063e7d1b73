using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using RoutingGrid.Api.OpenApi;
using RoutingGrid.Journal;

namespace RoutingGrid.Api.Health;

/// <param name="Status"><c>live</c>, <c>ready</c>, <c>starting</c>, <c>stopping</c> or <c>journal-unavailable</c>; of two servers that share a
/// journal also <c>standby</c>, <c>cut-off</c> or <c>taken-over</c>.</param>
/// <param name="Active">Who is active while this one stands by.</param>
internal sealed record HealthView(string Status, string? Active = null);

/// <summary>For whoever restarts or balances servers. Needs no key, and tells nothing else.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", Live).AllowAnonymous()
            .Titled("Health", "Whether the process runs");
        routes.MapGet("/health/ready", Ready).AllowAnonymous().Produces<HealthView>(503)
            .Titled("Health", "Whether it is ready for work", "The engine has started and the journal answers; 503 otherwise.");
    }

    private static Ok<HealthView> Live() => TypedResults.Ok(new HealthView("live"));

    private static async Task<Results<Ok<HealthView>, JsonHttpResult<HealthView>>> Ready(
        Readiness readiness, IJournal journal, TimeProvider time, ILogger<Readiness> log, CancellationToken cancel)
    {
        if (readiness.State != "ready") return NotReady(readiness.State);
        try
        {
            await journal.Read.Workspaces(cancel).AsTask().WaitAsync(Patience, time, cancel);
            return TypedResults.Ok(new HealthView("ready"));
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            log.LogWarning(error, "The journal does not answer.");
            return NotReady("journal-unavailable");
        }
    }

    private static JsonHttpResult<HealthView> NotReady(string why) =>
        TypedResults.Json(new HealthView(why), statusCode: StatusCodes.Status503ServiceUnavailable);
}
