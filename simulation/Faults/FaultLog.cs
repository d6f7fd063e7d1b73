namespace RoutingGrid.Simulation.Faults;

/// <summary>Something that was done to a world on purpose.</summary>
/// <param name="Kind">One word, by which faults are counted.</param>
/// <param name="What">The whole of it, in one sentence.</param>
public sealed record Fault(DateTimeOffset At, string Kind, string What);

/// <summary>What was done to a world, in order.</summary>
public sealed class FaultLog
{
    private readonly List<Fault> _faults = [];

    public IReadOnlyList<Fault> Faults => _faults;

    public void Add(DateTimeOffset at, string kind, string what) => _faults.Add(new Fault(at, kind, what));
}
