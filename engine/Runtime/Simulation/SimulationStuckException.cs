namespace RoutingGrid.Engine.Simulation;

/// <summary>A simulation was to run something to its end, and nothing is left that could bring it there.</summary>
public sealed class SimulationStuckException(string message) : InvalidOperationException(message);
