using System.Collections.Immutable;
using RoutingGrid.Simulation.Scenarios;

namespace RoutingGrid.Simulation.Outcomes.Staffing;

/// <summary>Runs staffings, and remembers what they came to.</summary>
internal sealed class StaffingTrials(Scenario scenario, StaffingTarget target, Func<Scenario, IEnumerable<Replication>> run)
{
    private readonly Dictionary<StaffingPlan, ImmutableArray<double?>> _levels = [];
    private (StaffingPlan Plan, ImmutableArray<Replication> Replications) _last;

    /// <summary>Arrivals by replication and period: the same whatever the staffing. Known once a staffing has been run to its end.</summary>
    private long[][]? _arrivals;

    public int Tried { get; private set; }

    /// <summary>Replications.</summary>
    public int Runs { get; private set; }

    /// <summary>The service level of all contacts, by period; null where nobody arrived.</summary>
    public ImmutableArray<double?> Levels(StaffingPlan plan)
    {
        if (_levels.TryGetValue(plan, out var known)) return known;
        var total = Outcome.Of(Replications(plan)).Total;
        return _levels[plan] = [.. Enumerable.Range(0, scenario.Periods.Length).Select(period => total.In(period, Metrics.ServiceLevel).Mean)];
    }

    /// <summary>Whether every period meets the target. Stops as soon as one cannot any more, whatever the replications still to come bring.</summary>
    public bool Holds(StaffingPlan plan)
    {
        if (_levels.TryGetValue(plan, out var known)) return known.All(target.IsMet);
        if (_arrivals is null) return Levels(plan).All(target.IsMet);
        Tried++;
        List<Replication> done = [];
        foreach (var replication in run(plan.On(scenario)))
        {
            Runs++;
            done.Add(replication);
            if (!CanStillHold(done)) return false;
        }
        _last = (plan, [.. done]);
        return Levels(plan).All(target.IsMet);
    }

    public ImmutableArray<Replication> Replications(StaffingPlan plan)
    {
        if (_last.Plan is { } last && last.Equals(plan)) return _last.Replications;
        Tried++;
        _last = (plan, [.. run(plan.On(scenario))]);
        Runs += _last.Replications.Length;
        _arrivals ??= [.. _last.Replications.Select(one => Periods.Select(period => Arrived(one, period)).ToArray())];
        return _last.Replications;
    }

    private IEnumerable<int> Periods => Enumerable.Range(0, scenario.Periods.Length);

    /// <summary>Whether the target could be met if everybody were served in time from now on.</summary>
    private bool CanStillHold(List<Replication> done) => Periods.All(period =>
    {
        var (all, lost) = (_arrivals!.Sum(one => one[period]), done.Sum(one => Arrived(one, period) - InTime(one, period)));
        return all == 0 || target.IsMet((double)(all - lost) / all);
    });

    private static long Arrived(Replication one, int period) => one.Types.Sum(type => type.Periods[period].Arrived);

    private static long InTime(Replication one, int period) => one.Types.Sum(type => type.Periods[period].ServedInTime);
}
