#if !ORLEANS
using RoutingGrid.Engine.Simulation;
using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Simulation;

/// <summary>Two activations of one grain, as each half of a split cluster has its own.</summary>
public sealed class SplitTests : FaultTest
{
    private static readonly GrainId s_a = GrainId.Create("victim", "a");

    [Fact]
    public void Callers_reach_one_of_two_and_each_grain_always_the_same()
    {
        SimulatedEngine simulation = Start();
        Assert.True(simulation.Split(s_a, TimeSpan.FromSeconds(10)));
        Assert.False(simulation.Split(s_a, TimeSpan.FromSeconds(10)));
        simulation.Run(async () =>
        {
            var a = simulation.Grains.GetGrain<IVictimGrain>("a");
            var seen = new HashSet<int>();
            for (int i = 0; i < 20; i++)
            {
                var caller = simulation.Grains.GetGrain<IVictimGrain>($"caller {i}");
                int number = await caller.NumberOf(a);
                Assert.Equal(number, await caller.NumberOf(a));
                seen.Add(number);
            }

            Assert.Equal(2, seen.Count);
            int[] outside = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => a.Number()));
            Assert.Equal(seen, outside.ToHashSet());
        });
    }

    [Fact]
    public void When_it_heals_one_of_them_drawn_is_wound_up_as_a_duplicate()
    {
        var ended = new HashSet<string>();
        for (ulong seed = 1; seed <= 20; seed++)
        {
            SimulatedEngine simulation = Start(seed);
            var a = simulation.Grains.GetGrain<IVictimGrain>("a");
            simulation.Run(a.Number);
            simulation.Split(s_a, TimeSpan.FromSeconds(10));
            simulation.Run(() => Task.WhenAll(Enumerable.Range(0, 20).Select(_ => a.Number())));
            Assert.Empty(ProbeOf(simulation).Log);
            simulation.RunFor(TimeSpan.FromSeconds(10));
            string end = Assert.Single(ProbeOf(simulation).Log);
            Assert.Contains(end, new[] { "a 1 ends: DuplicateActivation", "a 2 ends: DuplicateActivation" });
            ended.Add(end);
            int[] numbers = simulation.Run(() => Task.WhenAll(Enumerable.Range(0, 20).Select(_ => a.Number())));
            Assert.Equal(end.StartsWith("a 1", StringComparison.Ordinal) ? 2 : 1, Assert.Single(numbers.Distinct()));
            Assert.Equal([FaultKind.Split, FaultKind.Heal], simulation.Faults.Select(fault => fault.Kind));
        }

        Assert.Equal(2, ended.Count);
    }

    [Fact]
    public void Calls_under_way_when_it_heals_finish_where_they_are()
    {
        SimulatedEngine simulation = Start();
        var a = simulation.Grains.GetGrain<IVictimGrain>("a");
        simulation.Split(s_a, TimeSpan.FromSeconds(10));
        int[] numbers = simulation.Run(() => Task.WhenAll(Enumerable.Range(0, 10).Select(i => a.Work($"{i}", 4))));
        Assert.Equal(2, numbers.Distinct().Count());
        Assert.Equal(10, ProbeOf(simulation).Log.Count(entry => entry.StartsWith("a did", StringComparison.Ordinal)));
    }

    [Fact]
    public void Their_writes_conflict_and_the_one_that_lost_ends()
    {
        SimulatedEngine simulation = Start();
        var a = simulation.Grains.GetGrain<IStatefulGrain>("a");
        simulation.Split(GrainId.Create("stateful", "a"), TimeSpan.FromSeconds(10));
        int refused = 0;
        simulation.Run(async () =>
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => a.SeenAtStart()));
            for (int i = 0; i < 20; i++)
            {
                try
                {
                    await a.Set($"{i}");
                }
                catch (Orleans.Storage.InconsistentStateException)
                {
                    refused++;
                }
            }
        });
        Assert.InRange(refused, 1, 19);
        Assert.True(ProbeOf(simulation).IsSignalled("a deactivated"));
        simulation.RunFor(TimeSpan.FromSeconds(10));
        string stored = simulation.Run(a.Reread);
        Assert.Equal(20 - refused, stored.Split(',')[1].Split('+').Length);
    }

    [Fact]
    public void A_half_whose_activation_was_killed_makes_another()
    {
        SimulatedEngine simulation = Start();
        var a = simulation.Grains.GetGrain<IVictimGrain>("a");
        simulation.Split(s_a, TimeSpan.FromSeconds(10));
        Func<Task<int[]>> ask = () => Task.WhenAll(Enumerable.Range(0, 20).Select(_ => a.Number()));
        Assert.Equal([1, 2], simulation.Run(ask).Distinct().Order());
        simulation.Kill(s_a);
        Assert.Equal([3, 4], simulation.Run(ask).Distinct().Order());
        simulation.StopFaults();
        simulation.RunUntilIdle();
        Assert.Single(simulation.Run(ask).Distinct());
    }

    [Fact]
    public void Only_grains_that_have_one_activation_can_be_split()
    {
        SimulatedEngine simulation = Start();
        Assert.Throws<ArgumentException>(() => simulation.Split(GrainId.Create("worker", "a"), TimeSpan.FromSeconds(1)));
        Assert.Throws<ArgumentException>(() => simulation.Split(GrainId.Create("nothing of the kind", "a"), TimeSpan.FromSeconds(1)));
    }
}
#endif
