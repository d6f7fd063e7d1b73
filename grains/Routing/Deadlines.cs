using System.Globalization;
using RoutingGrid.GrainInterfaces.Routing;
using RoutingGrid.Journal;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Grains.Routing;

/// <summary>Tells the clock shard of deadlines that come before it reads its rows again.</summary>
public sealed class Deadlines(IGrainFactory grains, TimeProvider time, GrainOptions options)
{
    private static readonly string[] ShardKeys =
        [.. Enumerable.Range(0, DeadlineRow.Shards).Select(shard => shard.ToString(CultureInfo.InvariantCulture))];

    internal void Watch(DeadlineOwner owner, Deadline deadline)
    {
        // The next reading meets the others half an interval before they are due, and most of them have been kept by then.
        if (deadline.DueAt - time.GetUtcNow() > 1.5 * options.ClockReading) return;
        _ = grains.GetGrain<IClockGrain>(ShardKeys[DeadlineRow.ShardOf(owner)])
            .Watch(new DeadlineHint(owner.Kind == DeadlineOwnerKind.Agent, owner.Workspace, owner.Id, deadline.Kind, deadline.Key, deadline.DueAt));
    }
}
