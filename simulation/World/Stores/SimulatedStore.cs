using RoutingGrid.Engine.Simulation;
using RoutingGrid.Journal;

namespace RoutingGrid.Simulation.World.Stores;

/// <summary>What is left of a world when its process dies, and what the next one opens.</summary>
public abstract class SimulatedStore : IDisposable
{
    /// <summary>Opens the journal as the last process left it.</summary>
    public abstract IJournal Open(TimeProvider time, TaskScheduler turns);

    /// <summary>The process dies now, within the world that has the journal open and that asks it for nothing more. A write that is under
    /// way is there afterwards, or it is not.</summary>
    public abstract Task Crash(SeededRandom random);

    public virtual void Dispose() { }
}
