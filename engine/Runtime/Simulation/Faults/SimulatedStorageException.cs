namespace RoutingGrid.Engine.Simulation;

/// <summary>
/// A store of a simulation failed, or did not say whether it wrote: its callers cannot tell which. Grains get it as the inner
/// exception of what <see cref="Orleans.Runtime.IPersistentState{T}"/> throws.
/// </summary>
public sealed class SimulatedStorageException : IOException
{
    internal SimulatedStorageException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
