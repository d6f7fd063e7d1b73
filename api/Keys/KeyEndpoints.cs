using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RoutingGrid.Api.Authentication;
using RoutingGrid.Api.OpenApi;
using RoutingGrid.Api.Problems;
using RoutingGrid.Api.Requests;
using RoutingGrid.GrainInterfaces.Workspaces;
using RoutingGrid.Routing.Access;

namespace RoutingGrid.Api.Keys;

/// <summary>API keys. An administrator of one workspace sees and makes keys of that workspace only.</summary>
internal static class KeyEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/keys", List).For(Roles.Administrators).Titled("Keys", "List the keys", "Never the secrets: they are not stored.");
        routes.MapPost("/keys", Create).For(Roles.Administrators).Refuses(422)
            .Titled("Keys", "Make a key", "The answer has the secret, this once.");
        routes.MapDelete("/keys/{keyId}", Revoke).For(Roles.Administrators).Refuses(404, 409)
            .Titled("Keys", "Revoke a key", "It stops working at once here, and within five seconds everywhere.");
    }

    private static async Task<Ok<ListView<KeyView>>> List(Caller caller, KeyRing keys) =>
        TypedResults.Ok(new ListView<KeyView>([.. (await Visible(caller, keys)).Select(KeyView.Of)]));

    private static async Task<Results<Created<NewKeyView>, Problem>> Create(
        KeyRequest request, Caller caller, [AsParameters] CommandHeaders headers, KeyRing keys)
    {
        if (caller.Key.Workspace is { } own && request.Workspace != own)
            return new Problem(ProblemTypes.Forbidden, $"This key makes keys of workspace '{own}' only.") { Field = "workspace" };
        var made = await keys.Access.Create(request.Role, request.Workspace, request.AgentId, request.Name, headers.For(caller, "create-key"));
        return TypedResults.Created($"/v1/keys/{made.Key.KeyId}", new NewKeyView(made.Secret, KeyView.Of(made.Key)));
    }

    private static async Task<Results<NoContent, Problem>> Revoke(string keyId, Caller caller, [AsParameters] CommandHeaders headers, KeyRing keys)
    {
        var known = await Visible(caller, keys);
        if (known.FirstOrDefault(key => key.KeyId == keyId) is not { } key) return NoSuchKey(keyId);
        if (IsUnboundAdministrator(key) && known.Count(IsUnboundAdministrator) == 1)
            return new Problem(ProblemTypes.LastAdministrator, "Nobody could make keys any more. Make another administrator's key first.");
        if (!await keys.Access.Revoke(keyId, headers.For(caller, "revoke-key"))) return NoSuchKey(keyId);
        keys.Forget();
        return TypedResults.NoContent();
    }

    private static async Task<IReadOnlyList<ApiKey>> Visible(Caller caller, KeyRing keys) =>
        [.. (await keys.Access.List()).Where(key => caller.Key.Workspace is null || caller.Key.Workspace == key.Workspace)];

    private static bool IsUnboundAdministrator(ApiKey key) => key is { Role: Role.Administrator, Workspace: null };

    private static Problem NoSuchKey(string keyId) => new(ProblemTypes.KeyUnknown, $"There is no key '{keyId}', or it is revoked already.");
}
