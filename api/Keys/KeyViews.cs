using RoutingGrid.Api.Requests;
using RoutingGrid.GrainInterfaces.Workspaces;
using RoutingGrid.Routing.Access;

namespace RoutingGrid.Api.Keys;

/// <param name="Workspace">The only workspace it opens; absent: all. Required for an agent's key.</param>
/// <param name="AgentId">The agent for whom it speaks. Required for an agent's key, and for no other.</param>
/// <param name="Name">For people.</param>
internal sealed record KeyRequest(Role Role, string? Workspace = null, string? AgentId = null, string? Name = null) : IChecked
{
    public void Check(Checks checks)
    {
        checks.PlainId("workspace", Workspace);
        checks.Id("agentId", AgentId);
        checks.Text("name", Name, longest: 400);
        if (Role == Role.Agent && Workspace is null) checks.Fail("workspace", "missing", "is required for an agent's key.");
        if (Role == Role.Agent && AgentId is null) checks.Fail("agentId", "missing", "is required for an agent's key.");
        if (Role != Role.Agent && AgentId is not null) checks.Fail("agentId", "unexpected", "is for an agent's key only.");
    }
}

/// <summary>A key, without its secret.</summary>
internal sealed record KeyView(string Id, Role Role, string? Workspace, string? AgentId, string? Name)
{
    public static KeyView Of(ApiKey key) => new(key.KeyId, key.Role, key.Workspace, key.AgentId, key.Name);
}

/// <param name="Secret">The key itself. It is shown here and nowhere else.</param>
internal sealed record NewKeyView(string Secret, KeyView Key);
