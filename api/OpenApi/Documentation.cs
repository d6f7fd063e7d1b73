using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using RoutingGrid.Api.Problems;

namespace RoutingGrid.Api.OpenApi;

/// <summary>What a route says of itself.</summary>
internal static class Documentation
{
    private const string ProblemJson = "application/problem+json";

    /// <summary>Group, one line, and what else there is to know.</summary>
    public static RouteHandlerBuilder Titled(this RouteHandlerBuilder route, string group, string summary, string? description = null)
    {
        route.WithTags(group).WithSummary(summary);
        return description is null ? route : route.WithDescription(description);
    }

    /// <summary>Statuses of its refusals, besides those of every route.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses) route.Produces<ProblemBody>(status, ProblemJson);
        return route;
    }

    /// <summary>What every route of a group may answer: it cannot read the request, knows no key, the key may not, there is too much
    /// work, or the outcome is not known.</summary>
    public static void RefusesAsEveryRoute(this IEndpointConventionBuilder group)
    {
        foreach (var status in (ReadOnlySpan<int>)[400, 401, 403, 503, 504])
            group.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(ProblemBody), [ProblemJson]));
    }
}
