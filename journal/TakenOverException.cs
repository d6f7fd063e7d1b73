namespace RoutingGrid.Journal;

/// <summary>Another process is active in this one's place. Nothing was written, and nothing that this process writes will ever be.</summary>
public sealed class TakenOverException(string message) : Exception(message);
