using System.Collections.Concurrent;
using RoutingGrid.Simulation.Scenarios;

namespace RoutingGrid.Simulation.Outcomes;

/// <summary>How far one replication has come.</summary>
public readonly record struct ReplicationProgress(Scenario Scenario, int Number, RunProgress Run);

/// <summary>Replications of a scenario, several at a time. What comes of each depends on its number and the seed only.</summary>
public static class ReplicationSet
{
    private static readonly RunOptions WithoutHash = new() { HashJournal = false };

    /// <summary>Replications 1 to <paramref name="count"/> in their order, each as soon as it and all before it are there. Whoever stops asking stops the rest.</summary>
    /// <param name="parallel">How many at a time.</param>
    /// <param name="progress">Is told from several threads.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IEnumerable<Replication> Run(
        Scenario scenario, int count, ulong seed, int parallel, IProgress<ReplicationProgress>? progress = null, CancellationToken cancel = default) =>
        Partitioner.Create(Enumerable.Range(1, count), EnumerablePartitionerOptions.NoBuffering) // one by one: a block would keep the others waiting
            .AsParallel().AsOrdered()
            .WithDegreeOfParallelism(parallel)
            .WithMergeOptions(ParallelMergeOptions.NotBuffered)
            .WithCancellation(cancel)
            .Select(number => ScenarioRunner.Run(scenario, number, seed, WithoutHash, progress is null ? null : new Numbered(scenario, number, progress), cancel));

    private sealed class Numbered(Scenario scenario, int number, IProgress<ReplicationProgress> progress) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => progress.Report(new ReplicationProgress(scenario, number, value));
    }
}
