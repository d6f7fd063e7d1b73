using System.Globalization;

namespace RoutingGrid.Simulation.Tests.Seeds;

/// <summary>What many runs came to.</summary>
internal sealed class SeedTotals
{
    private readonly SortedDictionary<string, long> _faults = new(StringComparer.Ordinal);
    private readonly List<SeedOutcome> _failures = [];

    public int Runs { get; private set; }
    public long Cases { get; private set; }
    public long Messages { get; private set; }
    public long Events { get; private set; }
    public long Erased { get; private set; }
    public long Archived { get; private set; }

    /// <summary>Failed runs, in the order of seeds, so that it does not matter which ended first.</summary>
    public IReadOnlyList<SeedOutcome> Failures => [.. _failures.OrderBy(outcome => outcome.Spec.Seed).ThenBy(outcome => outcome.Spec.Store)];

    public void Add(SeedOutcome outcome)
    {
        Runs++;
        Cases += outcome.Cases;
        Messages += outcome.Messages;
        Events += outcome.Events;
        Erased += outcome.Erased;
        Archived += outcome.Archived;
        foreach (var kind in outcome.Faults) _faults[kind] = _faults.GetValueOrDefault(kind) + 1;
        if (outcome.Report is not null) _failures.Add(outcome);
    }

    public string Line(double seconds)
    {
        var faults = _faults.Count == 0 ? "no faults" : string.Join(", ", _faults.Select(fault => $"{fault.Value} {fault.Key}"));
        var upkeep = Erased + Archived == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {Erased} cases erased, {Archived} archived");
        return string.Create(CultureInfo.InvariantCulture,
            $"{Runs} seeds, {_failures.Count} failed; {Cases} cases, {Messages} messages, {Events} events{upkeep}; faults: {faults}; {seconds:0.0} s");
    }
}
