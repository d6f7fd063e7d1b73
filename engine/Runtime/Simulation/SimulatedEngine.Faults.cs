using Orleans;
using Orleans.Runtime;
using RoutingGrid.Engine.CodeGeneration;

namespace RoutingGrid.Engine.Simulation;

/// <summary>
/// Faults by hand. Called from inside a grain's turn, they happen when that turn has ended; otherwise at once. After a crash
/// they throw <see cref="SimulationCrashedException"/>.
/// </summary>
public sealed partial class SimulatedEngine
{
    /// <summary>What went wrong so far, in order.</summary>
    public IReadOnlyList<SimulatedFault> Faults => _log.Faults;

    /// <summary>
    /// From now on nothing goes wrong by itself, and what is split heals. What was delayed still arrives, and calls whose
    /// answers were lost still time out.
    /// </summary>
    public void StopFaults()
    {
        if (!_world.IsCrashed)
        {
            _world.Between(EndFaults);
        }
    }

    /// <summary>
    /// All activations of a grain vanish as if their silo had died: OnDeactivateAsync is not called, and neither their timers nor
    /// what they awaited goes on. Calls that they had admitted throw <see cref="SiloUnavailableException"/>; of those that waited,
    /// each does so or goes to the next activation, as drawn; one-way calls are lost. False if there was no activation.
    /// </summary>
    public bool Kill(GrainId grain)
    {
        CheckAlive();
        bool isActive = _injector.IsActive(grain);
        _world.Between(() => _injector.Kill(grain));
        return isActive;
    }

    /// <summary>
    /// For <paramref name="duration"/>, the grain has two activations, and each caller reaches one of them. Then one of them, as
    /// drawn, is deactivated as a duplicate. False if it is split already.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such grain class, or it is one of stateless workers.</exception>
    public bool Split(GrainId grain, TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        CheckAlive();
        return _injector.Split(grain, duration);
    }

    /// <summary>
    /// The process of an observer goes away: one-way calls vanish from now on, and others time out, until its owner creates
    /// another reference. False if it was gone already.
    /// </summary>
    /// <param name="reference">What <see cref="IGrainFactory.CreateObjectReference{T}"/> returned.</param>
    public bool DropObserver(IGrainObserver reference)
    {
        CheckAlive();
        GrainReference observer = reference as GrainReference
            ?? throw new ArgumentException("Not a reference: give what CreateObjectReference returned.", nameof(reference));
        bool isThere = _injector.HasObserver(observer);
        _world.Between(() => _injector.DropObserver(observer));
        return isThere;
    }

    /// <summary>The process of some observer goes away, as drawn.</summary>
    /// <inheritdoc cref="DropObserver(IGrainObserver)"/>
    public void DropObserver()
    {
        CheckAlive();
        _world.Between(_injector.DropAnyObserver);
    }

    /// <summary>
    /// The whole silo stops: nothing of this engine runs any more, calls in flight never end, and the clock stands still. A
    /// <see cref="RunFor"/> under way returns early; everything else that was to run throws
    /// <see cref="SimulationCrashedException"/>. Dispose of this engine and start another over the same stores and reminder
    /// table, with <see cref="SimulationOptions.Start"/> at the time of this one.
    /// </summary>
    public void Crash()
    {
        CheckAlive();
        _log.Add(FaultKind.Crash, "silo");
        _world.Between(_world.Crash);
    }

    private void CheckAlive()
    {
        if (_world.IsCrashed)
        {
            throw Crashed();
        }
    }

    private SimulationCrashedException Crashed() => new($"The silo crashed at {_time.GetUtcNow():O}: nothing of this engine runs any more.");

    private void EndFaults()
    {
        _storageFaults.Stop();
        _injector.Stop();
    }
}
