using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using RoutingGrid.Api.Authentication;
using RoutingGrid.Api.OpenApi;
using RoutingGrid.Api.Problems;
using RoutingGrid.Api.Queues;
using RoutingGrid.Api.Requests;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.GrainInterfaces.Workspaces;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Api.Configuration;

/// <summary>A workspace's configuration and its version.</summary>
internal sealed record ConfigurationView(long Version, WorkspaceConfiguration Configuration);

/// <summary>A workspace's configuration: one document, replaced as a whole.</summary>
internal static class ConfigurationEndpoints
{
    /// <summary>Thousands of agents fit.</summary>
    private const long LongestDocument = 8 * 1024 * 1024;

    public static void MapConfiguration(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/workspaces/{workspace}/configuration", Get).For(Roles.Supervisors).Refuses(404)
            .Titled("Configuration", "Read a workspace's configuration", "Its version is the ETag.");
        routes.MapPut("/workspaces/{workspace}/configuration", Put).For(Roles.Administrators).Refuses(412, 413, 422)
            .Titled("Configuration", "Replace a workspace's configuration",
                "The body is the whole configuration. If-Match names the version that it was made from; If-None-Match: * takes it only where "
                + "there is none yet. Errors are all listed, each with its path, and nothing is changed.")
            .Accepts<WorkspaceConfiguration>("application/json")
            .WithMetadata(new RequestSizeLimitAttribute(LongestDocument));
    }

    private static async Task<Results<Ok<ConfigurationView>, Problem>> Get(string workspace, IGrainFactory grains, HttpContext context)
    {
        if (await grains.GetGrain<IWorkspaceGrain>(workspace).Get() is not { } current) return QueueEndpoints.NotConfigured(workspace);
        ETags.Set(context, current.Version);
        return TypedResults.Ok(new ConfigurationView(current.Version, current.Configuration));
    }

    private static async Task<Results<Ok<ConfigurationView>, Problem>> Put(
        string workspace, ConfigurationBody body, Caller caller, [AsParameters] CommandHeaders headers,
        IGrainFactory grains, GrainCalls calls, HttpContext context)
    {
        var command = headers.For(caller, "configure");
        if (context.Request.Headers.IfNoneMatch.Contains("*")) command = command with { IfVersion = 0 };
        var grain = grains.GetGrain<IWorkspaceGrain>(workspace);
        var result = await calls.Run(() => grain.Configure(body.Configuration, command), r => r.Refusal, context.RequestAborted);
        if (result.Refusal is { } refusal) return Refused(refusal, result);
        ETags.Set(context, result.Version);
        return TypedResults.Ok(new ConfigurationView(result.Version, body.Configuration));
    }

    private static Problem Refused(Refusal refusal, ConfigureResult result) => result.Errors.IsDefaultOrEmpty
        ? Problem.Of(refusal)
        : new Problem(ProblemTypes.Of(refusal.Code), refusal.Detail)
        {
            Field = result.Errors[0].Path,
            Errors = [.. result.Errors.Select(e => new FieldError(e.Path, e.Code, e.Message))],
        };
}
