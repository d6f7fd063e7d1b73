using FsCheck;
using FsCheck.Fluent;
using RoutingGrid.Routing.Analytics;
using RoutingGrid.Routing.Tests.Matching;

namespace RoutingGrid.Routing.Tests.Analytics;

/// <summary>What holds from 1 to 100,000 agents, a hundredth to ten times their load, patience from 0.01 to 30 handling times, with and without a limit.</summary>
public sealed class AnalyticsProperties
{
    /// <summary>By logarithms, so that small and large come alike often.</summary>
    private static readonly Gen<Center> Centers =
        from agents in Spread(1, 100_000)
        from load in Spread(0.01, 10)
        from patience in Spread(0.01, 30)
        from within in Spread(0.001, 3)
        from limit in Gen.Elements<double?>(null, null, 0, 1, 0.1, 2)
        select new Center((int)agents, load * (int)agents, patience * 180, within * 180, limit is { } size ? (int)Math.Ceiling(size * (int)agents) : null);

    [Fact]
    public void Shares_are_shares_and_add_up() => Law.Holds(Centers, center =>
    {
        var queue = center.Queue();
        foreach (var share in (double[])[queue.AllBusy, queue.Waits, queue.Blocked, queue.Abandoned, queue.Served, queue.Occupancy, queue.ServiceLevel(center.Within)])
            Assert.InRange(share, 0, 1);
        Close.To(queue.AllBusy, queue.Waits + queue.Blocked);
        Close.To(1, queue.Served + queue.Abandoned + queue.Blocked);
        Assert.True(queue.ServiceLevelWithoutShortAbandons(center.Within) >= queue.ServiceLevel(center.Within));
    }, tests: 300);

    [Fact]
    public void The_agents_are_as_busy_as_the_calls_that_they_serve() => Law.Holds(Centers, center =>
    {
        var queue = center.Queue();
        var states = new BirthDeath(
            _ => center.Load / 180,
            state => Math.Min(state, center.Agents) / 180d + Math.Max(0, state - center.Agents) / center.Patience,
            0, center.Limit is { } limit ? center.Agents + limit : null).Solve();
        Close.To(states.Sum(0, long.MaxValue, state => Math.Min(state, center.Agents)) / center.Agents, queue.Occupancy);
        Close.To(states.Sum(center.Agents, long.MaxValue, _ => 1), queue.AllBusy);
        Close.To(states.Sum(center.Agents, long.MaxValue, state => state - center.Agents), queue.MeanQueueLength);
    }, tests: 200);

    [Fact]
    public void The_waits_of_served_and_abandoned_make_the_wait_of_all() => Law.Holds(Centers, center =>
    {
        var queue = center.Queue();
        Close.To(queue.MeanWait * (1 - queue.Blocked), queue.Served * queue.MeanWaitOfServed + queue.Abandoned * queue.MeanWaitOfAbandoned);
        Close.To(queue.MeanQueueLength, center.Load / 180 * (1 - queue.Blocked) * queue.MeanWait);
        Close.To(queue.Abandoned * center.Patience, queue.MeanWait * (1 - queue.Blocked));
    }, tests: 300);

    [Fact]
    public void Time_only_adds_and_in_the_end_everybody_is_served_or_gone() => Law.Holds(Centers, center =>
    {
        var queue = center.Queue();
        Close.To(1 - queue.AllBusy, queue.ServiceLevel(0));
        Close.To(0, queue.AbandonedWithin(0));
        Assert.True(queue.ServiceLevel(center.Within) <= queue.ServiceLevel(center.Within * 1.5) + 1e-12);
        Assert.True(queue.AbandonedWithin(center.Within) <= queue.AbandonedWithin(center.Within * 1.5) + 1e-12);
        var end = 60 * (center.Patience + 180);
        Close.To(queue.Served, queue.ServiceLevel(end));
        Close.To(queue.Abandoned, queue.AbandonedWithin(end));
    }, tests: 300);

    [Fact]
    public void Another_agent_makes_nothing_worse() => Law.Holds(Centers, center =>
    {
        var (queue, more) = (center.Queue(), (center with { Agents = center.Agents + 1 }).Queue());
        Assert.True(more.ServiceLevel(center.Within) >= queue.ServiceLevel(center.Within) - 1e-12);
        Assert.True(more.MeanWait <= queue.MeanWait * (1 + 1e-11));
        Assert.True(more.Abandoned + more.Blocked <= queue.Abandoned + queue.Blocked + 1e-12);
    }, tests: 300);

    [Fact]
    public void Without_patience_and_limit_the_formulas_of_Erlang_hold() => Law.Holds(Centers.Where(center => center.Load < center.Agents), center =>
    {
        var queue = new ErlangC(center.Traffic, center.Agents);
        var blocking = ErlangB.Blocking(center.Agents, center.Load);
        Assert.InRange(queue.Waits, blocking, 1);
        Close.To(queue.MeanQueueLength, center.Traffic.CallsPerSecond * queue.MeanWait);
        Assert.InRange(queue.ServiceLevel(center.Within), 1 - queue.Waits, 1);
        Assert.True(center.Agents == 1 || blocking <= ErlangB.Blocking(center.Agents - 1, center.Load));
    }, tests: 300);

    [Fact]
    public void The_required_agents_are_enough_and_one_less_is_not() => Law.Holds(Centers, center =>
    {
        var share = 0.5 + Math.Min(0.49, center.Within / 1200);
        var agents = RequiredAgents.ForServiceLevel(center.Traffic, share, center.Within, center.Patience, center.Limit);
        Assert.True((center with { Agents = agents }).Queue().ServiceLevel(center.Within) >= share);
        if (agents > 1) Assert.True((center with { Agents = agents - 1 }).Queue().ServiceLevel(center.Within) < share);
        var patient = RequiredAgents.ForServiceLevel(center.Traffic, share, center.Within);
        Assert.True(new ErlangC(center.Traffic, patient).ServiceLevel(center.Within) >= share);
        Assert.True(patient - 1 <= center.Load || new ErlangC(center.Traffic, patient - 1).ServiceLevel(center.Within) < share);
        var lines = RequiredAgents.ForBlocking(center.Load, 1 - share);
        Assert.True(ErlangB.Blocking(lines, center.Load) <= 1 - share && (lines == 1 || ErlangB.Blocking(lines - 1, center.Load) > 1 - share));
    }, tests: 100);

    [Fact]
    public void The_required_agents_for_a_mean_wait_too() => Law.Holds(Centers, center =>
    {
        var agents = RequiredAgents.ForMeanWait(center.Traffic, center.Within, center.Patience, center.Limit);
        Assert.True((center with { Agents = agents }).Queue().MeanWait <= center.Within);
        if (agents > 1) Assert.True((center with { Agents = agents - 1 }).Queue().MeanWait > center.Within);
        var patient = RequiredAgents.ForMeanWait(center.Traffic, center.Within);
        Assert.True(new ErlangC(center.Traffic, patient).MeanWait <= center.Within);
        Assert.True(patient - 1 <= center.Load || new ErlangC(center.Traffic, patient - 1).MeanWait > center.Within);
    }, tests: 100);

    private static Gen<double> Spread(double from, double to) =>
        Gen.Choose(0, 1_000_000).Select(part => from * Math.Pow(to / from, part / 1e6));

    private sealed record Center(int Agents, double Load, double Patience, double Within, int? Limit)
    {
        public Traffic Traffic => Traffic.Of(Load, 180, 180);

        public ErlangA Queue() => new(Traffic, Agents, Patience, Limit);
    }
}
