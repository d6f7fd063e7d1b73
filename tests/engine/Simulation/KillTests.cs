#if !ORLEANS
using Microsoft.Extensions.DependencyInjection;
using RoutingGrid.Engine.Simulation;
using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Simulation;

/// <summary>An activation that vanishes takes nothing along but itself.</summary>
public sealed class KillTests : FaultTest
{
    private static readonly GrainId s_a = GrainId.Create("victim", "a");

    [Fact]
    public void The_next_call_makes_a_new_activation_and_the_old_one_is_not_wound_up()
    {
        SimulatedEngine simulation = Start();
        var a = simulation.Grains.GetGrain<IVictimGrain>("a");
        Assert.False(simulation.Kill(s_a));
        Assert.Equal(1, simulation.Run(a.Number));
        Assert.True(simulation.Kill(s_a));
        Assert.Equal(2, simulation.Run(a.Number));
        Assert.Empty(ProbeOf(simulation).Log);
        Assert.Equal([new SimulatedFault(simulation.Time.GetUtcNow(), FaultKind.Kill, "victim/a")], simulation.Faults);
    }

    [Fact]
    public void Timers_of_it_never_tick_again()
    {
        SimulatedEngine simulation = Start();
        simulation.Run(() => simulation.Grains.GetGrain<ITimerGrain>("a").Start(10, 10));
        simulation.RunFor(TimeSpan.FromSeconds(25));
        Assert.True(simulation.Kill(GrainId.Create("timer", "a")));
        simulation.RunFor(TimeSpan.FromMinutes(5));
        Assert.Equal(2, ProbeOf(simulation).Log.Count);
    }

    [Fact]
    public void Calls_that_it_had_admitted_fail_at_once_and_never_go_on()
    {
        SimulatedEngine simulation = Start();
        Assert.Throws<SiloUnavailableException>(() => simulation.Run(async () =>
        {
            Task<int> call = simulation.Grains.GetGrain<IVictimGrain>("a").Work("late", 10);
            await Task.Delay(TimeSpan.FromSeconds(5), simulation.Time);
            simulation.Kill(s_a);
            await call;
        }));
        Assert.Equal(TimeSpan.FromSeconds(5), simulation.Time.GetUtcNow() - s_start);
        simulation.RunFor(TimeSpan.FromMinutes(5));
        Assert.Empty(ProbeOf(simulation).Log);
    }

    [Fact]
    public void Calls_that_it_had_made_arrive_and_their_answers_find_nobody()
    {
        SimulatedEngine simulation = Start();
        simulation.Run(async () =>
        {
            Task call = simulation.Grains.GetGrain<IVictimGrain>("a").Delegate(simulation.Grains.GetGrain<IVictimGrain>("b"), "work", 10);
            await Task.Delay(TimeSpan.FromSeconds(5), simulation.Time);
            simulation.Kill(s_a);
            await Assert.ThrowsAsync<SiloUnavailableException>(() => call);
        });
        simulation.RunFor(TimeSpan.FromMinutes(5));
        Assert.Equal(["b did work"], ProbeOf(simulation).Log);
    }

    [Fact]
    public void Calls_that_waited_fail_or_go_to_the_next_activation()
    {
        int failed = 0;
        int went = 0;
        for (ulong seed = 1; seed <= 20; seed++)
        {
            SimulatedEngine simulation = Start(seed);
            simulation.Run(async () =>
            {
                var a = simulation.Grains.GetGrain<IVictimGrain>("a");
                Task<int> admitted = a.Work("first", 10);
                await Task.Delay(TimeSpan.FromSeconds(5), simulation.Time);
                Task<int> waiting = a.Work("second", 1);
                await Task.Delay(TimeSpan.FromSeconds(1), simulation.Time);
                simulation.Kill(s_a);
                await Assert.ThrowsAsync<SiloUnavailableException>(() => admitted);
                await ((Task)waiting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
                Assert.True(waiting.IsCompletedSuccessfully ? await waiting == 2 : waiting.Exception!.InnerException is SiloUnavailableException);
                failed += waiting.IsFaulted ? 1 : 0;
                went += waiting.IsFaulted ? 0 : 1;
            });
        }

        Assert.True(failed > 0 && went > 0, $"{failed} failed, {went} went on");
    }

    [Fact]
    public async Task Calls_that_were_on_their_way_fail_or_go_to_the_next_activation()
    {
        var outcomes = new HashSet<string>();
        for (ulong seed = 1; seed <= 20; seed++)
        {
            SimulatedEngine simulation = Start(seed, delayed: 100);
            var a = simulation.Grains.GetGrain<IVictimGrain>("a");
            simulation.Run(a.Number);
            Task<int> call = a.Number();
            simulation.Kill(s_a);
            simulation.RunUntilIdle();
            Assert.Equal(s_start, simulation.Time.GetUtcNow());
            outcomes.Add(call.IsFaulted ? call.Exception.InnerException!.GetType().Name : $"answered by {await call}");
        }

        Assert.Equal(["answered by 2", nameof(SiloUnavailableException)], outcomes.Order(StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void One_way_calls_that_waited_are_lost()
    {
        SimulatedEngine simulation = Start();
        var a = simulation.Grains.GetGrain<IVictimGrain>("a");
        simulation.Post(() => a.Work("first", 10));
        simulation.RunFor(TimeSpan.FromSeconds(1));
        simulation.Run(() => a.Tell("something"));
        simulation.RunFor(TimeSpan.FromSeconds(1));
        simulation.Kill(s_a);
        simulation.RunUntilIdle();
        Assert.Empty(ProbeOf(simulation).Log);
    }

    [Fact]
    public void Asked_for_in_its_own_turn_it_comes_after_it()
    {
        SimulatedEngine simulation = Start();
        simulation.Services.GetRequiredService<Downfall>().Of = grain => simulation.Kill(grain);
        Assert.Throws<SiloUnavailableException>(() => simulation.Run(simulation.Grains.GetGrain<IVictimGrain>("a").Fall));
        simulation.RunUntilIdle();
        Assert.Equal(["still there"], ProbeOf(simulation).Log);
    }

    [Fact]
    public void Cancelling_a_call_that_it_ran_runs_nothing_of_it()
    {
        SimulatedEngine simulation = Start();
        using var cancellation = new CancellationTokenSource();
        var a = simulation.Grains.GetGrain<IVictimGrain>("a");
        Task call = simulation.Post(() => a.Hang("hanging", cancellation.Token));
        simulation.RunFor(TimeSpan.FromSeconds(1));
        simulation.Kill(s_a);
        cancellation.Cancel();
        simulation.RunFor(TimeSpan.FromMinutes(1));
        Assert.IsType<SiloUnavailableException>(call.Exception!.InnerException);
        Assert.Empty(ProbeOf(simulation).Log);
    }

    [Fact]
    public void One_that_is_starting_is_not_told_either_when_it_takes_too_long()
    {
        SimulatedEngine simulation = Start();
        simulation.Run(() => simulation.Grains.GetGrain<IVictimGrain>("slow").Tell("something"));
        simulation.RunFor(TimeSpan.FromSeconds(1));
        Assert.True(simulation.Kill(GrainId.Create("victim", "slow")));
        simulation.RunFor(TimeSpan.FromHours(2));
        Assert.Empty(ProbeOf(simulation).Log);
    }

    [Fact]
    public void Behind_filters_it_is_the_same()
    {
        SimulatedEngine simulation = Start(services: services =>
        {
            services.AddSingleton<IIncomingGrainCallFilter, Passing>();
            services.AddSingleton<IOutgoingGrainCallFilter, Passing>();
        });
        Task call = simulation.Post(() => simulation.Grains.GetGrain<IVictimGrain>("a").Work("late", 10));
        simulation.RunFor(TimeSpan.FromSeconds(1));
        simulation.Kill(s_a);
        simulation.RunFor(TimeSpan.FromMinutes(1));
        Assert.IsType<SiloUnavailableException>(call.Exception!.InnerException);
        Assert.Empty(ProbeOf(simulation).Log);
    }

    [Fact]
    public void All_workers_of_a_stateless_grain_go_together()
    {
        SimulatedEngine simulation = Start();
        Task<int>[] calls = [.. Enumerable.Range(0, 3).Select(_ => simulation.Grains.GetGrain<IWorkerGrain>("a").Work("gate"))];
        simulation.RunFor(TimeSpan.Zero);
        simulation.Kill(GrainId.Create("worker", "a"));
        simulation.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal(3, simulation.Faults.Count);
        Assert.All(calls, call => Assert.True(call.IsFaulted));
    }

    private sealed class Passing : IIncomingGrainCallFilter, IOutgoingGrainCallFilter
    {
        public async Task Invoke(IIncomingGrainCallContext context) => await context.Invoke();

        public async Task Invoke(IOutgoingGrainCallContext context) => await context.Invoke();
    }
}
#endif
