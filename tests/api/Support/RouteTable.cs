using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RoutingGrid.Api.Authentication;

namespace RoutingGrid.Api.Tests.Support;

/// <summary>A route that the server serves.</summary>
/// <param name="May">Who may use it; null: it needs no key.</param>
internal sealed record ServedRoute(string Method, string Pattern, May? May)
{
    /// <summary>A path of it that names things which need not exist.</summary>
    public string Path(string workspace, string agentId) => Regex.Replace(
        Pattern.Replace("{workspace}", workspace, StringComparison.Ordinal).Replace("{agentId}", agentId, StringComparison.Ordinal), "{.*?}", "x");
}

internal static class RouteTable
{
    /// <summary>Every route that is served, but for the document itself, the page and the hub's own handshake.</summary>
    public static IReadOnlyList<ServedRoute> Of(WebApplication app) =>
    [
        .. app.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method =>
                new ServedRoute(method, "/" + endpoint.RoutePattern.RawText!.TrimStart('/'), endpoint.Metadata.GetMetadata<May>())))
            .DistinctBy(route => (route.Method, route.Pattern))
            .OrderBy(route => route.Pattern, StringComparer.Ordinal).ThenBy(route => route.Method, StringComparer.Ordinal),
    ];
}
