using System.Collections.Immutable;
using RoutingGrid.Routing.Analytics;
using Offered = RoutingGrid.Routing.Analytics.Traffic;

namespace RoutingGrid.Simulation.Tests.Theory;

/// <summary>What theory says of one figure.</summary>
/// <param name="Concerned">The share of contacts that the figure is about, such as those who wait: when it is small, little can be measured. Where
/// many wait together, the share of those who begin a spell of it.</param>
internal readonly record struct Known(TheoryFigure Figure, double Value, double Concerned);

/// <summary>The figures of a center by the formulas of queueing theory.</summary>
internal static class KnownFigures
{
    /// <param name="queue">Centers with one class of contacts and random handling times, or one that is named here.</param>
    /// <param name="handlingFactor">Other than 1, the answer is for longer handling times than those of the center: a wrong one.</param>
    /// <param name="agentsMissing">Other than 0, it is for fewer agents.</param>
    public static ImmutableArray<Known> Of(TheoryQueue queue, double handlingFactor = 1, int agentsMissing = 0)
    {
        var agents = queue.Agents - agentsMissing;
        var traffic = new Offered(queue.OfferedLoad / TheoryQueue.HandlingSeconds, TheoryQueue.HandlingSeconds * handlingFactor);
        return queue switch
        {
            { Room: 0 } => Loss(traffic, agents),
            { Variation: not 1 } => PollaczekKhinchine(traffic, queue.Variation),
            { Classes.Length: > 1 } => Priorities(traffic, agents, queue.Classes),
            { Room: null, PatienceSeconds: double.PositiveInfinity } => Delay(new ErlangC(traffic, agents), queue.WithinSeconds),
            _ => Impatience(new ErlangA(traffic, agents, queue.PatienceSeconds, queue.Room), queue),
        };
    }

    /// <summary>A time within which some of those who wait are served, and some are not: their mean wait, to the millisecond.</summary>
    public static double TellingTime(TheoryQueue queue) => queue switch
    {
        { Room: 0 } => 0,
        { Room: null, PatienceSeconds: double.PositiveInfinity } => Math.Round(TheoryQueue.HandlingSeconds / (queue.Agents - queue.OfferedLoad), 3),
        _ => Math.Round(new ErlangA(
            new Offered(queue.OfferedLoad / TheoryQueue.HandlingSeconds, TheoryQueue.HandlingSeconds), queue.Agents, queue.PatienceSeconds, queue.Room).MeanWaitOfDelayed, 3),
    };

    /// <summary>Holds for handling times of any distribution.</summary>
    private static ImmutableArray<Known> Loss(Offered traffic, int agents)
    {
        var blocked = ErlangB.Blocking(agents, traffic.OfferedLoad);
        return [
            new(TheoryFigure.Blocked, blocked, blocked),
            new(TheoryFigure.InTime, 1 - blocked, blocked),
            new(TheoryFigure.Occupancy, traffic.OfferedLoad * (1 - blocked) / agents, 1)];
    }

    private static ImmutableArray<Known> Delay(ErlangC queue, double within)
    {
        var (level, spells) = (queue.ServiceLevel(within), queue.Waits * (1 - queue.Occupancy));
        return [
            new(TheoryFigure.WaitOfAll, queue.MeanWait, spells),
            new(TheoryFigure.InTime, level, spells),
            new(TheoryFigure.WaitOfServed, queue.MeanWait, spells),
            new(TheoryFigure.QueueLength, queue.MeanQueueLength, spells),
            new(TheoryFigure.Occupancy, queue.Occupancy, 1)];
    }

    private static ImmutableArray<Known> Impatience(ErlangA queue, TheoryQueue asked)
    {
        var level = queue.ServiceLevel(asked.WithinSeconds);
        var known = ImmutableArray.Create<Known>(
            new(TheoryFigure.WaitOfAll, queue.MeanWait, queue.Waits),
            new(TheoryFigure.InTime, level, 1 - level),
            new(TheoryFigure.WaitOfServed, queue.MeanWaitOfServed, queue.Waits),
            new(TheoryFigure.QueueLength, queue.MeanQueueLength, queue.Waits),
            new(TheoryFigure.Occupancy, queue.Occupancy, 1));
        if (double.IsFinite(asked.PatienceSeconds)) known = known.Add(new Known(TheoryFigure.Abandoned, queue.Abandoned, queue.Abandoned));
        if (asked.Room is not null) known = known.Add(new Known(TheoryFigure.Blocked, queue.Blocked, queue.Blocked));
        return known;
    }

    private static ImmutableArray<Known> Priorities(Offered traffic, int agents, ImmutableArray<double> classes)
    {
        var all = new ErlangC(traffic, agents);
        var waits = Cobham.MeanWaits(agents, traffic.HandlingSeconds, [.. classes.Select(share => share * traffic.CallsPerSecond)]);
        return [
            new(TheoryFigure.WaitOfLast, waits[^1], all.Waits * (1 - all.Occupancy) * classes[^1]),
            new(TheoryFigure.WaitOfFirst, waits[0], all.Waits * (1 - all.Occupancy) * classes[0]),
            .. Delay(all, 0).Where(known => known.Figure is not TheoryFigure.InTime)];
    }

    /// <summary>One agent, handling times of any distribution: λ·E(S²) / 2(1 − ρ). Kleinrock 1975, Queueing Systems I, ch. 5.</summary>
    private static ImmutableArray<Known> PollaczekKhinchine(Offered traffic, double variation)
    {
        var load = traffic.OfferedLoad;
        var spells = load * (1 - load);
        var wait = load * traffic.HandlingSeconds * (1 + (variation * variation)) / (2 * (1 - load));
        return [
            new(TheoryFigure.WaitOfAll, wait, spells),
            new(TheoryFigure.WaitOfServed, wait, spells),
            new(TheoryFigure.QueueLength, wait * traffic.CallsPerSecond, spells),
            new(TheoryFigure.Occupancy, load, 1)];
    }
}
