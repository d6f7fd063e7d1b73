#if !ORLEANS
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using RoutingGrid.Engine.Reminders;
using RoutingGrid.Engine.Simulation;
using RoutingGrid.Engine.Storage;
using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Simulation;

/// <summary>The whole silo stops, and another one goes on with what was stored.</summary>
public sealed class CrashTests : FaultTest
{
    [Fact]
    public async Task Nothing_runs_any_more()
    {
        SimulatedEngine simulation = Start();
        Task<int> call = simulation.Grains.GetGrain<IVictimGrain>("a").Work("late", 10);
        simulation.Run(() => simulation.Grains.GetGrain<ITimerGrain>("a").Start(5, 5));
        simulation.RunFor(TimeSpan.FromSeconds(7));
        simulation.Crash();
        Assert.Throws<SimulationCrashedException>(() => simulation.RunFor(TimeSpan.FromSeconds(1)));
        Assert.Throws<SimulationCrashedException>(simulation.RunUntilIdle);
        Assert.Throws<SimulationCrashedException>(() => simulation.Run(() => Task.CompletedTask));
        Assert.Throws<SimulationCrashedException>(simulation.Crash);
        Assert.Throws<SimulationCrashedException>(() => simulation.Kill(GrainId.Create("timer", "a")));
        Task<int> later = simulation.Grains.GetGrain<IVictimGrain>("b").Number();
        Assert.False(call.IsCompleted);
        Assert.False(later.IsCompleted);
        Assert.Equal(["a tick 1 at 00:00:05"], ProbeOf(simulation).Log);
        Assert.Equal([new SimulatedFault(s_start.AddSeconds(7), FaultKind.Crash, "silo")], simulation.Faults);
        await simulation.DisposeAsync();
        Assert.False(call.IsCompleted);
    }

    [Fact]
    public void A_run_from_which_it_crashes_throws_and_a_run_for_a_time_returns_early()
    {
        SimulatedEngine simulation = Start();
        Assert.Throws<SimulationCrashedException>(() => simulation.Run(async () =>
        {
            simulation.Crash();
            await simulation.Grains.GetGrain<IVictimGrain>("a").Number();
        }));
        SimulatedEngine other = Start();
        other.Services.GetRequiredService<Downfall>().Of = _ => other.Crash();
        other.Post(async () =>
        {
            await Task.Delay(TimeSpan.FromSeconds(5), other.Time);
            await other.Grains.GetGrain<IVictimGrain>("a").Fall();
        });
        other.RunFor(TimeSpan.FromMinutes(1));
        Assert.Equal(s_start.AddSeconds(5), other.Time.GetUtcNow());
        Assert.Equal(["still there"], ProbeOf(other).Log);
    }

    [Fact]
    public async Task Another_engine_goes_on_over_the_same_stores()
    {
        var store = new MemoryGrainStorage();
        var reminders = new MemoryReminderTable();
        SimulatedEngine first = Start(services: Same);
        first.Run(() => first.Grains.GetGrain<IStatefulGrain>("a").Set("kept"));
        first.Run(() => first.Grains.GetGrain<IStatefulGrain>("a").ChangeWithoutWriting("lost"));
        first.Run(() => first.Grains.GetGrain<IReminderGrain>("a").Remind("r", TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2)));
        first.RunFor(TimeSpan.FromSeconds(45));
        first.Crash();
        await first.DisposeAsync();
        SimulatedEngine second = Start(seed: 2, services: Same, at: first.Time.GetUtcNow());
        Assert.Equal(s_start.AddSeconds(45), second.Time.GetUtcNow());
        Assert.Equal("kept", second.Run(second.Grains.GetGrain<IStatefulGrain>("a").SeenAtStart));
        second.RunFor(TimeSpan.FromMinutes(2));
        Assert.Equal(["a r 1 at 00:02:30"], ProbeOf(second).Log);

        void Same(IServiceCollection services)
        {
            services.AddKeyedSingleton<IGrainStorage>("store", store);
            services.AddSingleton<Orleans.IReminderTable>(reminders);
        }
    }
}
#endif
