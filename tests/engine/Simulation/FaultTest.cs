#if !ORLEANS
using Microsoft.Extensions.DependencyInjection;
using RoutingGrid.Engine.Simulation;

namespace RoutingGrid.Engine.Tests.Simulation;

/// <summary>Base of tests of what goes wrong in a simulation.</summary>
public abstract class FaultTest
{
    protected static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    protected static SimulatedEngine Start(ulong seed = 1, FaultOptions? faults = null, Action<IServiceCollection>? services = null, DateTimeOffset? at = null, int delayed = 10) =>
        SimulatedEngine.Start(new SimulationOptions { Seed = seed, Start = at ?? s_start, DelayedMessagesPercent = delayed, Faults = faults }, added =>
        {
            added.AddSingleton<Probe>();
            added.AddScoped<ScopedThing>();
            added.AddSingleton<Downfall>();
            added.AddMemoryGrainStorage("Default");
            added.AddMemoryGrainStorage("store");
            services?.Invoke(added);
        });

    protected static Probe ProbeOf(SimulatedEngine simulation) => simulation.Services.GetRequiredService<Probe>();
}
#endif
