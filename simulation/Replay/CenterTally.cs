using System.Collections.Immutable;

namespace RoutingGrid.Simulation.Replay;

/// <summary>Adds up a center, recorded or replayed, so that both sides are counted by the same code.</summary>
internal sealed class CenterTally(IReadOnlyCollection<PlannedAgent> agents, IReadOnlyCollection<string> types)
{
    private readonly Occupancy _occupancy = new(agents, types);
    private readonly WaitStatistics _total = new();
    private readonly Dictionary<string, WaitStatistics> _byType = types.ToDictionary(type => type, _ => new WaitStatistics());

    public static CenterStatistics Recorded(
        IReadOnlyCollection<CallRecord> counted, IReadOnlyCollection<PlannedAgent> agents, IReadOnlyCollection<string> types)
    {
        var tally = new CenterTally(agents, types);
        foreach (var call in counted) tally.Call(call.Type, call.QueueTime, call.Outcome == RecordedOutcome.Served);
        foreach (var ofAgent in counted.Where(call => CountingRules.SeenService(call) is not null).GroupBy(call => call.Server!))
            tally.OnCalls(ofAgent.Key, ofAgent);
        return tally.ToStatistics();
    }

    public void Call(string type, TimeSpan wait, bool served)
    {
        _total.Add(wait, served);
        _byType[type].Add(wait, served);
    }

    public void OnCall(string agent, string type, Interval call) => _occupancy.OnCall(agent, type, call);

    public CenterStatistics ToStatistics() => new(
        Group(_total, _occupancy.Total),
        _byType.ToImmutableSortedDictionary(type => type.Key, type => Group(type.Value, _occupancy.Of(type.Key)), StringComparer.Ordinal));

    /// <summary>Nobody is on two calls at once: where the file overlaps, a second counts for the call that began first.</summary>
    private void OnCalls(string agent, IEnumerable<CallRecord> calls)
    {
        var until = DateTimeOffset.MinValue;
        foreach (var call in calls.OrderBy(call => CountingRules.SeenService(call)!.Value.Start))
        {
            var seen = CountingRules.SeenService(call)!.Value;
            if (seen.End <= until) continue;
            OnCall(agent, call.Type, seen with { Start = seen.Start > until ? seen.Start : until });
            until = seen.End;
        }
    }

    private static GroupStatistics Group(WaitStatistics waits, double occupancy) => new()
    {
        Calls = waits.Calls,
        Served = waits.Served,
        Abandoned = waits.Abandoned,
        WaitedShare = waits.WaitedShare,
        MeanWaitSeconds = waits.MeanWaitSeconds,
        P90WaitSeconds = waits.PercentileSeconds(0.9),
        Occupancy = occupancy,
    };
}
