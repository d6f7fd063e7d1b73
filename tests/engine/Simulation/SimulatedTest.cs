#if !ORLEANS
using Microsoft.Extensions.DependencyInjection;
using RoutingGrid.Engine.Simulation;

namespace RoutingGrid.Engine.Tests.Simulation;

/// <summary>Base of tests under virtual time.</summary>
public abstract class SimulatedTest
{
    protected static SimulatedEngine Start(ulong seed = 1, Action<EngineOptions>? engine = null, Action<IServiceCollection>? services = null) =>
        SimulatedEngine.Start(new SimulationOptions { Seed = seed, Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), Engine = engine }, added =>
        {
            added.AddSingleton<Probe>();
            added.AddScoped<ScopedThing>();
            added.AddMemoryGrainStorage("Default");
            added.AddMemoryGrainStorage("store");
            services?.Invoke(added);
        });

    protected static Probe ProbeOf(SimulatedEngine simulation) => simulation.Services.GetRequiredService<Probe>();
}
#endif
