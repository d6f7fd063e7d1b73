#if !ORLEANS
using RoutingGrid.Engine.Simulation;
using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Simulation;

/// <summary>Faults that come by themselves: how often, and that the seed decides about all of them.</summary>
public sealed class RandomFaultTests : FaultTest
{
    private static readonly FaultOptions s_all = new()
    {
        KillsPerMinute = 12,
        SplitsPerMinute = 6,
        SplitFor = TimeSpan.FromSeconds(5),
        ObserverDropsPerMinute = 4,
        StorageFailurePercent = 5,
        StorageDelayPercent = 10,
        StorageUnknownPercent = 5,
    };

    [Fact]
    public void The_same_seed_gives_the_same_faults_and_the_same_run()
    {
        (ulong Fingerprint, SimulatedFault[] Faults) first = Busy(7, s_all);
        (ulong Fingerprint, SimulatedFault[] Faults) second = Busy(7, s_all);
        Assert.Equal(first.Faults, second.Faults);
        Assert.Equal(first.Fingerprint, second.Fingerprint);
        Assert.NotEqual(first.Faults, Busy(8, s_all).Faults);
        Assert.Superset(
            new HashSet<FaultKind>(Enum.GetValues<FaultKind>().Where(kind => kind is not FaultKind.Crash)),
            Enumerable.Range(0, 5).SelectMany(seed => Busy((ulong)seed, s_all).Faults).Select(fault => fault.Kind).ToHashSet());
    }

    [Fact]
    public void Switching_one_on_does_not_change_what_others_draw()
    {
        SimulatedFault[] alone = Busy(7, new() { KillsPerMinute = 12 }).Faults;
        SimulatedFault[] together = Busy(7, new() { KillsPerMinute = 12, ObserverDropsPerMinute = 12 }).Faults;
        Assert.Contains(together, fault => fault.Kind == FaultKind.ObserverDrop);
        Assert.Equal(alone, together.Where(fault => fault.Kind == FaultKind.Kill));
    }

    [Fact]
    public void Without_any_a_run_is_what_it_was()
    {
        ulong fingerprint = Busy(7, null).Fingerprint;
        Assert.Equal(fingerprint, Busy(7, new()).Fingerprint);
        Assert.NotEqual(fingerprint, Busy(7, new() { KillsPerMinute = 12 }).Fingerprint);
    }

    [Fact]
    public void They_come_as_often_as_asked_and_at_irregular_times()
    {
        int kills = Enumerable.Range(1, 10).Sum(seed => Busy((ulong)seed, new() { KillsPerMinute = 12 }).Faults.Length);

        // 10 runs of 2 minutes: 240 are to be expected, give or take four standard deviations.
        Assert.InRange(kills, 240 - 62, 240 + 62);
        var choices = new SeededRandom(1);
        double[] waits = [.. Enumerable.Range(0, 100_000).Select(_ => RandomFault.Exponential(choices))];
        Assert.Equal(1, waits.Average(), 0.02);
        Assert.Equal(2, waits.Average(wait => wait * wait), 0.06);
        Assert.Equal(Math.Exp(-3), waits.Count(wait => wait > 3) / 100_000.0, 0.003);
    }

    [Fact]
    public void They_end_when_they_are_to_end()
    {
        DateTimeOffset until = s_start.AddSeconds(40);
        SimulatedFault[] faults = Busy(7, s_all with { Until = until, SplitFor = TimeSpan.FromHours(1) }).Faults;
        Assert.All(faults, fault => Assert.True(fault.At <= until, fault.ToString()));
        Assert.Contains(faults, fault => fault.At > s_start.AddSeconds(30));
        Assert.Equal(faults.Count(fault => fault.Kind == FaultKind.Split), faults.Count(fault => fault.Kind == FaultKind.Heal));
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("KillsPerMinute", () => Start(faults: new() { KillsPerMinute = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>("StorageUnknownPercent", () => Start(faults: new() { StorageUnknownPercent = 101 }));
        Assert.Throws<ArgumentOutOfRangeException>("StorageDelayPercent", () => Start(faults: new() { StorageDelayPercent = double.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>("SplitFor", () => Start(faults: new() { SplitFor = TimeSpan.Zero }));
    }

    /// <summary>Two minutes of people who keep some grains busy.</summary>
    private static (ulong Fingerprint, SimulatedFault[] Faults) Busy(ulong seed, FaultOptions? faults)
    {
        SimulatedEngine simulation = Start(seed, faults);
        for (int i = 0; i < 20; i++)
        {
            simulation.Grains.CreateObjectReference<IListener>(new Listener(ProbeOf(simulation), $"{i}"));
        }

        for (int person = 0; person < 5; person++)
        {
            int own = person;
            simulation.Post(async () =>
            {
                for (int i = 0; ; i++)
                {
                    await Record.ExceptionAsync(() => simulation.Grains.GetGrain<IVictimGrain>($"{(own + i) % 4}").Work("it", 1));
                    await Record.ExceptionAsync(() => simulation.Grains.GetGrain<ILedgerGrain>($"{(own + i) % 3}").Add($"{own}.{i}"));
                }
            });
        }

        simulation.RunFor(TimeSpan.FromMinutes(2));
        return (simulation.Fingerprint, [.. simulation.Faults]);
    }
}
#endif
