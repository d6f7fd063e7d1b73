namespace RoutingGrid.Simulation.Tests.Faults;

/// <summary>What can go wrong around the grains.</summary>
[Flags]
internal enum FaultKinds
{
    None = 0,

    /// <summary>Activations end between two turns.</summary>
    Kill = 1,

    /// <summary>Two activations of one grain live for a while.</summary>
    Split = 2,

    /// <summary>Writes to the journal are late, refused, fail, or end with an unknown outcome.</summary>
    Storage = 4,

    /// <summary>Observers are gone.</summary>
    Observers = 8,

    /// <summary>One-way messages are lost or late.</summary>
    Messages = 16,

    /// <summary>The whole process dies and starts again from the journal.</summary>
    Crash = 32,

    All = Kill | Split | Storage | Observers | Messages | Crash,
}
