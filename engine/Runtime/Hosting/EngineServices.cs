using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using Orleans.Timers;
using RoutingGrid.Engine.Hosting;
using RoutingGrid.Engine.Reminders;
using RoutingGrid.Engine.Storage;
using RoutingGrid.Engine.Timers;

namespace RoutingGrid.Engine;

/// <summary>Adds the embedded engine to an application.</summary>
public static class EngineServices
{
    /// <summary>
    /// Runs the grains of all referenced assemblies in this process. Register a <see cref="TimeProvider"/>, a keyed
    /// <see cref="IGrainStorage"/> per store that grains name, and an <see cref="IReminderTable"/> (default: in memory).
    /// When the host stops, all grains are deactivated before other hosted services registered earlier stop.
    /// </summary>
    public static IServiceCollection AddEmbeddedEngine(this IServiceCollection services, Action<EngineOptions>? configure = null)
    {
        services.AddEngineCore(new ThreadPoolWorkplace(), configure);
        services.AddHostedService<EngineHostedService>();
        return services;
    }

    /// <summary>Keeps the states that name this store in memory.</summary>
    public static IServiceCollection AddMemoryGrainStorage(this IServiceCollection services, string name) =>
        services.AddKeyedSingleton<IGrainStorage>(name, (_, _) => new MemoryGrainStorage());

    internal static IServiceCollection AddEngineCore(this IServiceCollection services, IWorkplace workplace, Action<EngineOptions>? configure)
    {
        var options = new EngineOptions();
        configure?.Invoke(options);
        services.AddSingleton(provider => new EmbeddedEngine(provider, services, options, workplace));
        services.AddSingleton<IClusterClient>(provider => provider.GetRequiredService<EmbeddedEngine>().Client);
        services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<IClusterClient>());
        services.AddSingleton<ITimerRegistry, TimerRegistry>();
        services.TryAddSingleton<IReminderTable, MemoryReminderTable>();
        services.AddSingleton<ReminderService>();
        services.AddSingleton<IReminderRegistry>(provider => provider.GetRequiredService<ReminderService>());
        services.AddSingleton<IGrainContextAccessor, GrainContextAccessor>();
        services.AddTransient<IGrainContext>(_ => RuntimeContext.Current ?? throw new InvalidOperationException("No turn of a grain is running here."));
        return services;
    }

    private sealed class GrainContextAccessor : IGrainContextAccessor
    {
        public IGrainContext GrainContext => RuntimeContext.Current!;
    }
}

/// <summary>Starts and stops the engine with the host.</summary>
internal sealed class EngineHostedService(EmbeddedEngine engine, ReminderService reminders) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => reminders.StartAsync(cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await reminders.StopAsync(cancellationToken);
        await engine.StopAsync(cancellationToken);
    }
}
