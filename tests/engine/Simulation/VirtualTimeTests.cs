#if !ORLEANS
using RoutingGrid.Engine.Simulation;
using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Simulation;

/// <summary>What happens when, to the second.</summary>
public sealed class VirtualTimeTests : SimulatedTest
{
    [Fact]
    public void The_period_of_a_timer_counts_from_the_end_of_a_tick()
    {
        SimulatedEngine simulation = Start();
        simulation.Run(() => simulation.Grains.GetGrain<ITimerGrain>("a").Start(10, 10, kind: "slow"));
        simulation.RunFor(TimeSpan.FromSeconds(40));
        Assert.Equal(["a tick 1 at 00:00:10", "a tick 2 at 00:00:23", "a tick 3 at 00:00:36"], ProbeOf(simulation).Log);
    }

    [Fact]
    public void A_timer_without_period_ticks_once()
    {
        SimulatedEngine simulation = Start();
        simulation.Run(() => simulation.Grains.GetGrain<ITimerGrain>("a").Start(10, -1));
        simulation.RunFor(TimeSpan.FromMinutes(10));
        Assert.Equal(["a tick 1 at 00:00:10"], ProbeOf(simulation).Log);
    }

    [Fact]
    public void Changing_a_timer_inside_its_tick_takes_effect_after_it()
    {
        SimulatedEngine simulation = Start();
        simulation.Run(() => simulation.Grains.GetGrain<ITimerGrain>("a").Start(10, 10, kind: "changes"));
        simulation.RunFor(TimeSpan.FromSeconds(80));
        Assert.Equal(["a tick 1 at 00:00:10", "a tick 2 at 00:00:40", "a tick 3 at 00:01:10"], ProbeOf(simulation).Log);
    }

    [Fact]
    public void Changing_a_timer_from_outside_starts_it_anew()
    {
        SimulatedEngine simulation = Start();
        var grain = simulation.Grains.GetGrain<ITimerGrain>("a");
        simulation.Run(() => grain.Start(10, 10));
        simulation.RunFor(TimeSpan.FromSeconds(5));
        simulation.Run(() => grain.Change(20, -1));
        simulation.RunFor(TimeSpan.FromSeconds(100));
        Assert.Equal(["a tick 1 at 00:00:25"], ProbeOf(simulation).Log);
    }

    [Fact]
    public void Reminders_keep_to_their_times()
    {
        SimulatedEngine simulation = Start();
        simulation.Run(() => simulation.Grains.GetGrain<IReminderGrain>("a").Remind("r", TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2)));
        simulation.RunFor(TimeSpan.FromMinutes(5));
        Assert.Equal(["a r 1 at 00:00:30", "a r 2 at 00:02:30", "a r 3 at 00:04:30"], ProbeOf(simulation).Log);
    }

    [Fact]
    public void Idle_grains_are_collected_and_used_ones_are_not()
    {
        SimulatedEngine simulation = Start();
        Probe probe = ProbeOf(simulation);
        simulation.Run(async () =>
        {
            await simulation.Grains.GetGrain<ILifeGrain>("idle").Number();
            await simulation.Grains.GetGrain<ILifeGrain>("used").Number();
            await simulation.Grains.GetGrain<IKeptGrain>("kept").Call();
            await simulation.Grains.GetGrain<ILimitedGrain>("limited").Call();
        });
        for (int minute = 0; minute < 20; minute++)
        {
            simulation.RunFor(TimeSpan.FromMinutes(1));
            simulation.Run(() => simulation.Grains.GetGrain<ILifeGrain>("used").Number());
            if (minute == 4)
            {
                Assert.Equal(["limited ends"], probe.Log);
            }
        }

        Assert.Contains("idle ActivationIdle", probe.Log);
        Assert.DoesNotContain("used ActivationIdle", probe.Log);
        Assert.DoesNotContain("kept ends", probe.Log);
    }

    [Fact]
    public void Delaying_deactivation_keeps_a_grain()
    {
        SimulatedEngine simulation = Start();
        simulation.Run(() => simulation.Grains.GetGrain<ILimitedGrain>("a").StayFor(60));
        simulation.RunFor(TimeSpan.FromMinutes(59));
        Assert.Empty(ProbeOf(simulation).Log);
        simulation.RunFor(TimeSpan.FromMinutes(5));
        Assert.Equal(["a ends"], ProbeOf(simulation).Log);
    }

    [Fact]
    public void A_call_times_out_after_thirty_seconds()
    {
        SimulatedEngine simulation = Start();
        TimeoutException error = Assert.Throws<TimeoutException>(() => simulation.Run(() => simulation.Grains.GetGrain<IPatientGrain>("a").Hold("never")));
        Assert.Contains("patient/a.Hold", error.Message, StringComparison.Ordinal);
        Assert.Equal("00:00:30.000", simulation.Time.GetUtcNow().ToString("HH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_deadlock_takes_no_time()
    {
        SimulatedEngine simulation = Start();
        var a = simulation.Grains.GetGrain<IRingGrain>("a");
        var b = simulation.Grains.GetGrain<IRingGrain>("b");
        GrainDeadlockException error = Assert.Throws<GrainDeadlockException>(() => simulation.Run(() => a.Through([b, a])));
        Assert.Equal("ring/a → ring/b.Through, ring/b → ring/a.Through", error.Chain);
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), simulation.Time.GetUtcNow());
    }

    [Fact]
    public void Running_until_idle_does_not_wait_for_the_collector()
    {
        SimulatedEngine simulation = Start();
        simulation.Run(() => simulation.Grains.GetGrain<ITimerGrain>("periodic").Start(10, 10));
        simulation.Run(() => simulation.Grains.GetGrain<ITimerGrain>("once").Start(25, -1));
        simulation.RunUntilIdle();
        Assert.Equal(["periodic tick 1 at 00:00:10", "periodic tick 2 at 00:00:20", "once tick 1 at 00:00:25"], ProbeOf(simulation).Log);
    }

    [Fact]
    public void A_run_that_can_never_end_says_so()
    {
        SimulatedEngine simulation = Start();
        Assert.Throws<SimulationStuckException>(() => simulation.Run(() => new TaskCompletionSource().Task));
    }

    [Fact]
    public void A_run_throws_what_it_runs_throws()
    {
        SimulatedEngine simulation = Start();
        Assert.Equal("badly", Assert.Throws<InvalidOperationException>(() => simulation.Run(() => simulation.Grains.GetGrain<IBasicGrain>("a").FailLater("badly"))).Message);
    }

    [Fact]
    public void Work_from_another_thread_is_refused()
    {
        SimulatedEngine simulation = Start();
        using var awaited = new ManualResetEventSlim();
        Assert.ThrowsAny<InvalidOperationException>(() => simulation.Run(async () =>
        {
            // On the simulation's scheduler, so that it runs when the line below is waiting.
            _ = Task.Factory.StartNew(awaited.Set);
            await Task.Run(awaited.Wait);
            await Task.Yield();
        }));
    }

    [Fact]
    public void A_day_of_virtual_time_passes_quickly()
    {
        SimulatedEngine simulation = Start();
        simulation.Run(async () =>
        {
            for (int i = 0; i < 10; i++)
            {
                await simulation.Grains.GetGrain<ITimerGrain>($"{i}").Start(1, 10, kind: "keeps alive");
            }
        });
        simulation.RunFor(TimeSpan.FromDays(1));
        Assert.Equal(10 * 8640, ProbeOf(simulation).Log.Count);
    }
}
#endif
