#if !ORLEANS
using Microsoft.Extensions.DependencyInjection;
using RoutingGrid.Engine.Simulation;
using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Simulation;

/// <summary>Same seed, same run; another seed, another legal interleaving.</summary>
public sealed class DeterminismTests
{
    [Fact]
    public void The_same_seed_gives_the_same_run()
    {
        (string[] log, ulong fingerprint) first = Run(42);
        (string[] log, ulong fingerprint) second = Run(42);
        Assert.Equal(first.fingerprint, second.fingerprint);
        Assert.Equal(first.log, second.log);
    }

    [Fact]
    public void Other_seeds_give_other_interleavings()
    {
        HashSet<string> seen = [.. Enumerable.Range(1, 20).Select(seed => string.Join(',', Run((ulong)seed).Log))];
        Assert.True(seen.Count > 10, $"only {seen.Count} different orders in 20 runs");
    }

    private static (string[] Log, ulong Fingerprint) Run(ulong seed)
    {
        var simulation = SimulatedEngine.Start(new SimulationOptions { Seed = seed }, services =>
        {
            services.AddSingleton<Probe>();
            services.AddScoped<ScopedThing>();
        });
        simulation.Run(async () =>
        {
            Task[] people = [.. Enumerable.Range(0, 5).Select(async person =>
            {
                for (int i = 0; i < 4; i++)
                {
                    await simulation.Grains.GetGrain<IBasicGrain>("shared").Tell($"{person}.{i}");
                    await simulation.Grains.GetGrain<IBasicGrain>($"own {person}").AddSlowly(i);
                    await Task.Delay(TimeSpan.FromSeconds(simulation.Random.Next(1, 3)), simulation.Time);
                }
            })];
            await Task.WhenAll(people);
        });
        simulation.RunUntilIdle();
        return ([.. simulation.Services.GetRequiredService<Probe>().Log], simulation.Fingerprint);
    }
}
#endif
