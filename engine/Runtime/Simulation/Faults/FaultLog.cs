namespace RoutingGrid.Engine.Simulation;

/// <summary>What went wrong so far. Part of what two equal runs have in common.</summary>
internal sealed class FaultLog(SimulatedTime time, SimulatedWorld world)
{
    private readonly List<SimulatedFault> _faults = [];

    public IReadOnlyList<SimulatedFault> Faults => _faults;

    public void Add(FaultKind kind, string target)
    {
        _faults.Add(new(time.GetUtcNow(), kind, target));
        world.Note(((ulong)kind << 32) | (uint)target.Length);
    }
}
