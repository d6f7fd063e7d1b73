namespace RoutingGrid.Engine.Simulation;

/// <summary>One thing that went wrong in a simulation.</summary>
/// <param name="Target">The grain or observer, by its id; for stores the operation, the state and the grain; <c>silo</c> for a crash.</param>
public sealed record SimulatedFault(DateTimeOffset At, FaultKind Kind, string Target)
{
    public override string ToString() => $"{At:yyyy-MM-dd HH:mm:ss.fffffff} {Kind} {Target}";
}

/// <summary>What can go wrong.</summary>
public enum FaultKind
{
    /// <summary>An activation vanished as if its silo had died.</summary>
    Kill,

    /// <summary>A grain has two activations from now on.</summary>
    Split,

    /// <summary>It has one again: the other one is being deactivated.</summary>
    Heal,

    /// <summary>An observer's process went away.</summary>
    ObserverDrop,

    /// <summary>An operation of a store failed and changed nothing.</summary>
    StorageFailure,

    /// <summary>An operation of a store takes time.</summary>
    StorageDelay,

    /// <summary>A write or clear was done, and its caller is told that it failed.</summary>
    StorageDoneUnknown,

    /// <summary>A write or clear was not done, and its caller cannot know.</summary>
    StorageUndoneUnknown,

    /// <summary>The whole silo stopped.</summary>
    Crash,
}
