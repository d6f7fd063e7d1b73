using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Routing.Workspaces;

/// <summary>The workspace's configuration was replaced.</summary>
public sealed record WorkspaceConfigured : DomainEvent
{
    public required WorkspaceConfiguration Configuration { get; init; }
}
