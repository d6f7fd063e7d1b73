using System.Collections.Immutable;

namespace RoutingGrid.Simulation.Replay;

/// <summary>The numbers of one type, or of all. Waits are over all calls, the abandoned and those who did not wait included.</summary>
public sealed record GroupStatistics
{
    public required int Calls { get; init; }

    public required int Served { get; init; }

    public required int Abandoned { get; init; }

    /// <summary>From 0 to 1: the calls that waited longer than zero. The recorded side knows whole seconds only.</summary>
    public required double WaitedShare { get; init; }

    public required double MeanWaitSeconds { get; init; }

    /// <summary>The 90th percentile by nearest rank: the smallest wait that at least 90 % of the calls did not exceed.</summary>
    public required double P90WaitSeconds { get; init; }

    /// <summary>From 0 to 1: the time on calls, of the working time of those who serve them; wrap-up is not time on calls.</summary>
    public required double Occupancy { get; init; }
}

/// <summary>The numbers of a center: in total, and by type in alphabetical order.</summary>
public sealed record CenterStatistics(GroupStatistics Total, ImmutableSortedDictionary<string, GroupStatistics> ByType)
{
    /// <summary>What became of the calls of a plan.</summary>
    /// <param name="plan">The plan that was played.</param>
    /// <param name="replayed">One for each of its calls, in any order.</param>
    /// <exception cref="ArgumentException">A call of the plan is missing or there twice.</exception>
    public static CenterStatistics Of(ReplayPlan plan, IReadOnlyCollection<ReplayedCall> replayed)
    {
        if (replayed.Count != plan.Calls.Length || replayed.Select(r => r.Call.Line).Distinct().Count() != plan.Calls.Length)
            throw new ArgumentException(
                $"{replayed.Count} results for {plan.Calls.Length} calls: each call ends exactly once.", nameof(replayed));
        var tally = new CenterTally(plan.Agents, plan.Types);
        foreach (var call in replayed)
        {
            tally.Call(call.Call.Type, call.Wait, call.ServedBy is not null);
            if (call.ServedBy is { } agent) tally.OnCall(agent, call.Call.Type, call.Service!.Value);
        }
        return tally.ToStatistics();
    }
}

/// <summary>What became of one call in a replay.</summary>
/// <param name="Call">The call.</param>
/// <param name="Wait">From its arrival until an agent had it, or until the caller hung up.</param>
/// <param name="ServedBy">The agent; null when the caller hung up.</param>
public sealed record ReplayedCall(PlannedCall Call, TimeSpan Wait, string? ServedBy)
{
    /// <summary>When it was served; null when it was not.</summary>
    public Interval? Service => ServedBy is null ? null : new Interval(Call.Arrival + Wait, Call.Arrival + Wait + Call.Service);
}
