using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RoutingGrid.Grains.Cases;
using RoutingGrid.Grains.Routing;
using RoutingGrid.Grains.Workspaces;

namespace RoutingGrid.Grains;

/// <summary>What the grains need of their process. The host adds <see cref="Journal.IJournal"/>, <see cref="TimeProvider"/> and the engine.</summary>
public static class GrainServices
{
    public static IServiceCollection AddGrains(this IServiceCollection services, GrainOptions? options = null)
    {
        services.AddSingleton(options ?? new GrainOptions());
        services.AddSingleton<ConfigurationCache>();
        services.AddSingleton<Deadlines>();
        services.AddSingleton<CaseNews>();
        services.AddSingleton<CustomerErasure>();
        services.TryAddSingleton<ISecretSource, SystemSecretSource>();
        return services;
    }
}
