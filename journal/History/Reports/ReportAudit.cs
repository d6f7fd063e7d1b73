using System.Collections.Immutable;
using RoutingGrid.Routing.Reports;

namespace RoutingGrid.Journal.History.Reports;

/// <summary>Compares the sums that are kept with those that the events make.</summary>
internal static class ReportAudit
{
    private const int Enough = 100;

    internal static ImmutableArray<ReportDifference> Differences(string workspace, ReportTally kept, ReportTally made) =>
    [
        .. Differences("queue", kept.Queues, made.Queues, key => (key.Queue, key.Quarter))
            .Concat(Differences("agent", kept.Agents, made.Agents, key => (key.Agent, key.Quarter)))
            .Concat(Differences("the time of", kept.Times, made.Times, key => ($"{key.Agent}, {key.Activity},", key.Quarter)))
            .Take(Enough).Select(what => new ReportDifference(workspace, what)),
    ];

    private static IEnumerable<string> Differences<TKey, TSum>(
        string kind, IReadOnlyDictionary<TKey, TSum> kept, IReadOnlyDictionary<TKey, TSum> made, Func<TKey, (string Name, long Quarter)> name)
        where TKey : notnull where TSum : struct =>
        from key in kept.Keys.Union(made.Keys)
        let of = name(key)
        let both = (Kept: kept.GetValueOrDefault(key), Made: made.GetValueOrDefault(key))
        where !both.Kept.Equals(both.Made)
        orderby of.Quarter, of.Name
        select FormattableString.Invariant(
            $"the reports of {kind} {of.Name} in the quarter of an hour of {DateTimeOffset.FromUnixTimeMilliseconds(of.Quarter * ReportTally.QuarterMs):yyyy-MM-dd HH:mm}: kept is {both.Kept}, by the events it is {both.Made}.");
}
