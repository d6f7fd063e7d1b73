using RoutingGrid.Engine.Simulation;
using RoutingGrid.Journal;
using RoutingGrid.Journal.Memory;

namespace RoutingGrid.Simulation.World.Stores;

/// <summary>A journal in memory that outlives the simulated process.</summary>
public sealed class MemoryStore : SimulatedStore
{
    private readonly MemoryJournal _journal = new();

    public override IJournal Open(TimeProvider time, TaskScheduler turns) => _journal;

    public override Task Crash(SeededRandom random) => Task.CompletedTask;
}
