#if !ORLEANS
using RoutingGrid.Engine.Simulation;

namespace RoutingGrid.Engine.Tests.Simulation;

/// <summary>Whatever goes wrong: what was acknowledged is kept, turns do not overlap, every call ends, and afterwards all is well.</summary>
public sealed class FaultPropertyTests : FaultTest
{
    private static readonly FaultOptions s_rough = new()
    {
        KillsPerMinute = 40,
        SplitsPerMinute = 10,
        SplitFor = TimeSpan.FromSeconds(6),
        StorageFailurePercent = 5,
        StorageDelayPercent = 20,
        StorageDelay = TimeSpan.FromSeconds(3),
        StorageUnknownPercent = 5,
    };

    [Fact]
    public void Nothing_acknowledged_is_lost_and_nothing_hangs()
    {
        int faults = 0;
        int failures = 0;
        for (ulong seed = 1; seed <= 100; seed++)
        {
            SimulatedEngine simulation = Start(seed, s_rough);
            var acknowledged = new List<(int Ledger, string Name)>();
            Task people = simulation.Post(() => Task.WhenAll(Enumerable.Range(0, 6).Select(person => Person(simulation, person, acknowledged, Failed))));
            simulation.RunFor(TimeSpan.FromMinutes(3));
            simulation.StopFaults();
            faults += simulation.Faults.Count;
            simulation.RunUntilIdle();
            Assert.True(people.IsCompletedSuccessfully, $"seed {seed}: {people.Status} {people.Exception}");
            Assert.True(acknowledged.Count == 6 * 20, $"seed {seed}");
            Assert.DoesNotContain("overlap", ProbeOf(simulation).Log);
            foreach (IGrouping<int, (int Ledger, string Name)> ledger in acknowledged.GroupBy(entry => entry.Ledger))
            {
                string[] kept = simulation.Run(simulation.Grains.GetGrain<ILedgerGrain>($"{ledger.Key}").Names);
                Assert.True(kept.Order().SequenceEqual(ledger.Select(entry => entry.Name).Order()), $"seed {seed}: {ledger.Key} has {string.Join(",", kept)}");
            }
        }

        Assert.True(faults > 5000 && failures > 1000, $"{faults} faults, {failures} failures: too little went wrong to say anything");

        void Failed() => failures++;
    }

    // Has each name added, asking again until somebody says that it was.
    private static async Task Person(SimulatedEngine simulation, int person, List<(int Ledger, string Name)> acknowledged, Action failed)
    {
        for (int i = 0; i < 20; i++)
        {
            int key = (person + i) % 3;
            var ledger = simulation.Grains.GetGrain<ILedgerGrain>($"{key}");
            for (int attempt = 0; !await Try(simulation, attempt % 2 == 0
                ? () => ledger.Add($"{person}.{i}")
                : () => simulation.Grains.GetGrain<ILedgerGrain>($"by {person}").AddTo(ledger, $"{person}.{i}")); attempt++)
            {
                failed();
                await Task.Delay(TimeSpan.FromMilliseconds(simulation.Random.Next(1, 1000)), simulation.Time);
            }

            acknowledged.Add((key, $"{person}.{i}"));
            await Task.Delay(TimeSpan.FromSeconds(simulation.Random.Next(1, 10)), simulation.Time);
        }
    }

    private static async Task<bool> Try(SimulatedEngine simulation, Func<Task> call)
    {
        DateTimeOffset began = simulation.Time.GetUtcNow();
        Exception? error = await Record.ExceptionAsync(call);
        Assert.InRange(simulation.Time.GetUtcNow() - began, TimeSpan.Zero, TimeSpan.FromSeconds(30) + TimeSpan.FromTicks(1));
        Assert.True(
            error is null or SiloUnavailableException or TimeoutException or OrleansException { InnerException: SimulatedStorageException } or Orleans.Storage.InconsistentStateException,
            error?.ToString());
        return error is null;
    }
}
#endif
