namespace RoutingGrid.Engine.Simulation;

/// <summary>The silo of a simulation has crashed, so what was to run in it never ends.</summary>
public sealed class SimulationCrashedException(string message) : InvalidOperationException(message);
