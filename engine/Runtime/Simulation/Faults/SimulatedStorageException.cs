namespace RoutingGrid.Engine.Simulation;

/// <summary>A store of a simulation failed, or did not say whether it wrote: its callers cannot tell which.</summary>
public sealed class SimulatedStorageException : IOException
{
    internal SimulatedStorageException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
