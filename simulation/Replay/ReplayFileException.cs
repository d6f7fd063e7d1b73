namespace RoutingGrid.Simulation.Replay;

/// <summary>The file as a whole cannot be replayed. The message names the file, says why, and what to do about it.</summary>
public sealed class ReplayFileException : Exception
{
    public ReplayFileException(string message) : base(message) { }

    public ReplayFileException(string message, Exception inner) : base(message, inner) { }
}
