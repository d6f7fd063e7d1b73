using System.Reflection;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using RoutingGrid.GrainInterfaces.Workspaces;
using RoutingGrid.Routing.Access;

namespace RoutingGrid.Api.Authentication;

/// <summary>Who calls, by the key that they showed.</summary>
/// <param name="Hash">Of the key, to ask again whether it still holds.</param>
internal sealed record Caller(ApiKey Key, string Hash)
{
    public Role Role => Key.Role;

    /// <summary>The agent for whom this key speaks; null: it is not an agent's.</summary>
    public string? AgentId => Key.Role == Role.Agent ? Key.AgentId : null;

    /// <summary>How events name the caller.</summary>
    public string By => AgentId is { } agent ? "agent:" + agent : "key:" + Key.KeyId;

    /// <summary>Whether the key opens the workspace.</summary>
    public bool Opens(string workspace) => Key.Workspace is null || Key.Workspace == workspace;

    public bool IsOneOf(ReadOnlySpan<Role> roles) => Role == Role.Administrator || roles.Contains(Role);

    public static Caller Of(ClaimsPrincipal? user) =>
        (user?.Identity as CallerIdentity)?.Caller ?? throw new InvalidOperationException("This route needs a caller, and does not say so.");

    public static ValueTask<Caller> BindAsync(HttpContext context, ParameterInfo parameter) => ValueTask.FromResult(Of(context.User));
}

/// <summary>The caller, as the framework carries it.</summary>
internal sealed class CallerIdentity(Caller caller) : ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, caller.Key.KeyId)], ApiKeyHandler.SchemeName)
{
    public Caller Caller { get; } = caller;
}
