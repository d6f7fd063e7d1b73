using System.Collections.Concurrent;
using System.Collections.Immutable;
using RoutingGrid.Simulation.Scenarios;

namespace RoutingGrid.Simulation.Tests.Theory;

/// <summary>Every center of the grid, simulated once for all tests.</summary>
public sealed class SimulatedGrid
{
    private static readonly RunOptions WithoutHash = new() { HashJournal = false };

    internal ImmutableArray<SimulatedQueue> Queues { get; }

    /// <summary>Replications of all centers side by side, the longest first.</summary>
    public SimulatedGrid()
    {
        var queues = TheoryGrid.Queues;
        var scenarios = queues.ToDictionary(queue => queue, queue => queue.ToScenario(Minutes(queue)));
        var replications = queues
            .OrderByDescending(queue => TheoryGrid.Contacts(queue) / TheoryGrid.Replications(queue))
            .SelectMany(queue => Enumerable.Range(1, TheoryGrid.Replications(queue)).Select(number => (Queue: queue, Number: number)));
        var done = Partitioned(replications)
            // The seed follows from the name: nobody has chosen one that passes, and each center has numbers of its own.
            .Select(one => (one.Queue, Replication: ScenarioRunner.Run(scenarios[one.Queue], one.Number, DrawStream.Key(one.Queue.Name), WithoutHash)))
            .ToLookup(one => one.Queue, one => one.Replication);
        Queues = [.. queues.Select(queue => new SimulatedQueue(queue, [.. done[queue].OrderBy(replication => replication.Number)]))];
    }

    private static double Minutes(TheoryQueue queue) =>
        TheoryGrid.Contacts(queue) / TheoryGrid.Replications(queue) / queue.OfferedLoad * TheoryQueue.HandlingSeconds / 60;

    private static ParallelQuery<T> Partitioned<T>(IEnumerable<T> items) =>
        Partitioner.Create(items, EnumerablePartitionerOptions.NoBuffering).AsParallel().WithDegreeOfParallelism(Environment.ProcessorCount);
}
