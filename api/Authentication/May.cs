using System.Collections.Immutable;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using RoutingGrid.Routing.Access;

namespace RoutingGrid.Api.Authentication;

/// <summary>Who may use a route. An administrator may use all of them that are not an agent's own.</summary>
internal sealed class May(ImmutableArray<Role> roles) : IAuthorizationRequirement
{
    private static readonly object Reason = new();

    public ImmutableArray<Role> Roles { get; } = roles;

    /// <summary>Why not, in one English sentence.</summary>
    public static string ReasonOf(HttpContext context) => context.Items[Reason] as string ?? "This key may not do this.";

    public string? WhyNot(Caller caller, HttpContext context)
    {
        if (!Roles.Contains(caller.Role)) return $"This takes a key of role {string.Join(" or ", Roles.Select(Lower))}; this one is {Lower(caller.Role)}.";
        var route = context.Request.RouteValues;
        if (route["workspace"] is string workspace && !caller.Opens(workspace)) return "This key is for another workspace.";
        if (caller.Role == Role.Agent && route["agentId"] is string agent && agent != caller.AgentId) return "An agent's key speaks for that agent only.";
        return null;
    }

    public static void Explain(HttpContext context, string why) => context.Items[Reason] = why;

    private static string Lower(Role role) => role.ToString().ToLowerInvariant();
}

internal sealed class MayHandler : AuthorizationHandler<May>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, May requirement)
    {
        if (context.User.Identity is not CallerIdentity { Caller: var caller } || context.Resource is not HttpContext http) return Task.CompletedTask;
        if (requirement.WhyNot(caller, http) is { } why) May.Explain(http, why);
        else context.Succeed(requirement);
        return Task.CompletedTask;
    }
}

internal static class MayExtensions
{
    /// <summary>Lets these roles in, and nobody else.</summary>
    public static TBuilder For<TBuilder>(this TBuilder builder, params ImmutableArray<Role> roles) where TBuilder : IEndpointConventionBuilder
    {
        var may = new May(roles);
        var policy = new AuthorizationPolicyBuilder(ApiKeyHandler.SchemeName).RequireAuthenticatedUser().AddRequirements(may).Build();
        builder.RequireAuthorization(policy).WithMetadata(may);
        return builder;
    }
}
