using System.Collections.Immutable;

namespace RoutingGrid.Simulation.Scenarios.Running;

/// <summary>Adds up what happens, in ticks, so that the order of adding makes no difference.</summary>
internal sealed class RunTally
{
    private readonly Scenario _scenario;
    private readonly Sums[][] _types;
    private readonly Use[][] _groups;

    public RunTally(Scenario scenario)
    {
        _scenario = scenario;
        _types = [.. scenario.Types.Select(_ => new Sums[scenario.Periods.Length])];
        _groups = [.. scenario.Groups.Select(_ => new Use[scenario.Periods.Length])];
    }

    /// <summary>A contact was assigned for the first time, after waiting from its arrival. Times are since the start.</summary>
    public void Served(int type, TimeSpan arrival, TimeSpan at)
    {
        QueueBetween(type, arrival, at);
        if (arrival < _scenario.WarmUp) return;
        ref var sums = ref SumsOf(type, arrival);
        var wait = (at - arrival).Ticks;
        sums.Arrived++;
        sums.Served++;
        if (wait <= _scenario.Types[type].Within.Ticks) sums.InTime++;
        sums.WaitOfServed += wait;
        sums.WaitOfAll += wait;
    }

    public void Abandoned(int type, TimeSpan arrival, TimeSpan at)
    {
        QueueBetween(type, arrival, at);
        if (arrival < _scenario.WarmUp) return;
        ref var sums = ref SumsOf(type, arrival);
        sums.Arrived++;
        sums.Abandoned++;
        sums.WaitOfAll += (at - arrival).Ticks;
    }

    public void Blocked(int type, TimeSpan arrival)
    {
        if (arrival < _scenario.WarmUp) return;
        ref var sums = ref SumsOf(type, arrival);
        sums.Arrived++;
        sums.Blocked++;
    }

    /// <summary>Still waits when the run ends.</summary>
    public void Remaining(int type, TimeSpan arrival, TimeSpan end)
    {
        QueueBetween(type, arrival, end);
        if (arrival < _scenario.WarmUp) return;
        ref var sums = ref SumsOf(type, arrival);
        sums.Arrived++;
        sums.Remaining++;
        sums.WaitOfAll += (end - arrival).Ticks;
    }

    /// <summary>An agent was at work with so many of their group's units in use.</summary>
    public void AtWork(int group, TimeSpan from, TimeSpan to, int units)
    {
        foreach (var (period, ticks) in Parts(from, to))
        {
            ref var use = ref _groups[group][period];
            use.UnitTicks += units * ticks;
            use.StaffedTicks += ticks;
        }
    }

    public ImmutableArray<TypeOutcome> Types => [.. _scenario.Types.Select((type, i) => new TypeOutcome(type.Name, [.. _types[i].Select((sums, period) => sums.Counts(Observed(period)))]))];

    public ImmutableArray<GroupOutcome> Groups => [.. _scenario.Groups.Select((group, i) =>
        new GroupOutcome(group.Name, [.. _groups[i].Select(use => new GroupUse(Seconds(use.UnitTicks) / group.Capacity, Seconds(use.StaffedTicks)))]))];

    private void QueueBetween(int type, TimeSpan from, TimeSpan to)
    {
        foreach (var (period, ticks) in Parts(from, to)) _types[type][period].Queue += ticks;
    }

    /// <summary>The periods that a stretch touches, with how much of each, the warm-up and what comes after the last period left out.</summary>
    private IEnumerable<(int Period, long Ticks)> Parts(TimeSpan from, TimeSpan to)
    {
        if (from < _scenario.WarmUp) from = _scenario.WarmUp;
        if (from >= to || from >= _scenario.Periods[^1].To) yield break;
        for (var i = PeriodOf(from); i < _scenario.Periods.Length && _scenario.Periods[i].From < to; i++)
        {
            var period = _scenario.Periods[i];
            yield return (i, (Min(to, period.To) - Max(from, period.From)).Ticks);
        }
    }

    private ref Sums SumsOf(int type, TimeSpan arrival) => ref _types[type][PeriodOf(arrival)];

    private int PeriodOf(TimeSpan time)
    {
        int low = 0, high = _scenario.Periods.Length - 1;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (time < _scenario.Periods[middle].To) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    private double Observed(int period)
    {
        var (from, to) = _scenario.Periods[period];
        return Math.Max(0, (to - Max(from, _scenario.WarmUp)).TotalSeconds);
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static double Seconds(long ticks) => ticks / (double)TimeSpan.TicksPerSecond;

    private struct Use
    {
        public long UnitTicks;
        public long StaffedTicks;
    }

    private struct Sums
    {
        public long Arrived;
        public long Served;
        public long Abandoned;
        public long Blocked;
        public long Remaining;
        public long InTime;
        public long WaitOfServed;
        public long WaitOfAll;
        public long Queue;

        public readonly ContactCounts Counts(double observed) => new()
        {
            Arrived = Arrived,
            Served = Served,
            Abandoned = Abandoned,
            Blocked = Blocked,
            Remaining = Remaining,
            ServedInTime = InTime,
            WaitOfServedSeconds = Seconds(WaitOfServed),
            WaitOfAllSeconds = Seconds(WaitOfAll),
            QueueSeconds = Seconds(Queue),
            ObservedSeconds = observed,
        };
    }
}
