using System.Globalization;
using RoutingGrid.Grains;
using RoutingGrid.Journal;
using RoutingGrid.Simulation.Scenarios.Running;
using RoutingGrid.Simulation.World;

namespace RoutingGrid.Simulation.Scenarios;

/// <summary>How far a run has come.</summary>
/// <param name="Contacts">Arrived so far.</param>
public readonly record struct RunProgress(DateTimeOffset VirtualTime, long Contacts);

/// <summary>What a run does besides counting.</summary>
public sealed record RunOptions
{
    /// <summary>Reads the journal once more for its hash; without, <see cref="Replication.JournalHash"/> is empty.</summary>
    public bool HashJournal { get; init; } = true;

    /// <summary>Counts everything again from the journal's events, and throws where that comes to anything else.</summary>
    public bool CheckAgainstJournal { get; init; }

    /// <summary>Gets the journal at the end, for checks of one's own.</summary>
    public Action<IJournal>? Inspect { get; init; }
}

/// <summary>Runs scenarios through the real grains under virtual time.</summary>
public static class ScenarioRunner
{
    /// <summary>One replication. The same scenario, number and seed give the same. Several may run beside each other on threads of their own.</summary>
    /// <param name="number">From 1.</param>
    /// <param name="seed">Of all replications. Contacts and their draws depend on it, the number and their type's name only, so that two
    /// scenarios can be compared on the same contacts.</param>
    /// <param name="progress">The virtual time, now and then.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Replication Run(
        Scenario scenario, int number, ulong seed, RunOptions options, IProgress<RunProgress>? progress = null, CancellationToken cancel = default)
    {
        var own = DrawStream.SeedOf(seed, number);
        // Nothing is lost in this world, so what repairs losses may be rare.
        using var world = SimulatedWorld.Start(own, scenario.Start, ScenarioRun.Workspace, new GrainOptions
        {
            ConfigurationMaxAge = TimeSpan.MaxValue,
            RouterRepair = TimeSpan.FromHours(1),
            ClockReading = TimeSpan.FromHours(1),
            ClockReminders = false,
            ObserverLife = TimeSpan.FromMinutes(30),
        }, delayedMessagesPercent: 0, collection: TimeSpan.FromMinutes(10));
        var run = new ScenarioRun(scenario, world, own);
        world.Run(() => run.Play(progress, cancel));
        var replication = new Replication
        {
            Number = number,
            Seed = own,
            Types = run.Tally.Types,
            Groups = run.Tally.Groups,
            JournalHash = options.HashJournal ? Hash(world) : "",
            VirtualSeconds = run.End.TotalSeconds,
        };
        if (options.CheckAgainstJournal) world.Run(() => JournalCount.Compare(scenario, world.Journal, run.End, replication));
        options.Inspect?.Invoke(world.Journal);
        return replication;
    }

    private static string Hash(SimulatedWorld world)
    {
        var hash = "";
        world.Run(async () => hash = await JournalHash.Of(world.Journal));
        return hash;
    }
}
