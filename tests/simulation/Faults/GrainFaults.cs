using RoutingGrid.Engine.Simulation;

namespace RoutingGrid.Simulation.Tests.Faults;

/// <summary>What the engine does to grains, in the words of a report.</summary>
internal static class GrainFaults
{
    public static string Kind(SimulatedFault fault) => fault.Kind.ToString().ToLowerInvariant();

    public static string Sentence(SimulatedFault fault) => fault.Kind switch
    {
        FaultKind.Kill => $"The activation of {fault.Target} is killed.",
        FaultKind.Split => $"{fault.Target} has two activations from now on.",
        FaultKind.Heal => $"{fault.Target} has one activation again.",
        FaultKind.ObserverDrop => $"Observer {fault.Target} is gone.",
        _ => $"{fault.Kind} of {fault.Target}.",
    };
}
