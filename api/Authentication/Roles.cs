using System.Collections.Immutable;
using RoutingGrid.Routing.Access;

namespace RoutingGrid.Api.Authentication;

/// <summary>The groups of roles that routes let in.</summary>
internal static class Roles
{
    public static ImmutableArray<Role> Administrators { get; } = [Role.Administrator];
    public static ImmutableArray<Role> Supervisors { get; } = [Role.Administrator, Role.Supervisor];
    public static ImmutableArray<Role> SupervisorsAndAgents { get; } = [Role.Administrator, Role.Supervisor, Role.Agent];
    public static ImmutableArray<Role> Agents { get; } = [Role.Agent];
    public static ImmutableArray<Role> Integrators { get; } = [Role.Administrator, Role.Integrator];
    public static ImmutableArray<Role> Everyone { get; } = [Role.Administrator, Role.Supervisor, Role.Agent, Role.Integrator];
}
