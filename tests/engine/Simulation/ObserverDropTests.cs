#if !ORLEANS
using RoutingGrid.Engine.Simulation;
using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Simulation;

/// <summary>The process of an observer goes away.</summary>
public sealed class ObserverDropTests : FaultTest
{
    [Fact]
    public void One_way_calls_vanish_until_there_is_a_new_reference()
    {
        SimulatedEngine simulation = Start();
        var crier = simulation.Grains.GetGrain<ITownCrierGrain>("a");
        var listener = new Listener(ProbeOf(simulation), "he");
        var reference = simulation.Grains.CreateObjectReference<IListener>(listener);
        simulation.Run(() => crier.Subscribe(reference));
        simulation.Run(() => crier.Cry("one"));
        simulation.RunUntilIdle();
        Assert.True(simulation.DropObserver(reference));
        Assert.False(simulation.DropObserver(reference));
        Assert.Equal(1, simulation.Run(() => crier.Cry("two")));
        simulation.RunUntilIdle();
        simulation.Run(() => crier.Subscribe(simulation.Grains.CreateObjectReference<IListener>(listener)));
        simulation.Run(() => crier.Cry("three"));
        simulation.RunUntilIdle();
        Assert.Equal(["he heard one", "he heard three"], ProbeOf(simulation).Log);
        Assert.Equal([FaultKind.ObserverDrop], simulation.Faults.Select(fault => fault.Kind));
    }

    [Fact]
    public void Calls_that_are_awaited_time_out()
    {
        SimulatedEngine simulation = Start();
        var reference = simulation.Grains.CreateObjectReference<IListener>(new Listener(ProbeOf(simulation), "he"));
        simulation.DropObserver(reference);
        Assert.Throws<TimeoutException>(() => simulation.Run(() => reference.Ask(["what"])));
        Assert.Equal(TimeSpan.FromSeconds(30), simulation.Time.GetUtcNow() - s_start);
    }

    [Fact]
    public void One_of_many_is_drawn()
    {
        var dropped = new HashSet<string>();
        for (ulong seed = 1; seed <= 20; seed++)
        {
            SimulatedEngine simulation = Start(seed);
            for (int i = 0; i < 5; i++)
            {
                simulation.Grains.CreateObjectReference<IListener>(new Listener(ProbeOf(simulation), $"{i}"));
            }

            simulation.DropObserver();
            dropped.Add(Assert.Single(simulation.Faults).Target);
        }

        Assert.True(dropped.Count > 2, string.Join(", ", dropped));
    }
}
#endif
