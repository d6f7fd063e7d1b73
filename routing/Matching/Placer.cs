using RoutingGrid.Routing.Agents;

namespace RoutingGrid.Routing.Matching;

/// <summary>Puts changed agents and cases where they belong. What it leaves behind is right for the pool's time.</summary>
internal sealed class Placer(Pool pool)
{
    /// <summary>Places an agent, and touches the cases for which they mattered otherwise than by being free.</summary>
    public void Place(AgentEntry agent)
    {
        agent.Dirty = false;
        var (oldGroup, worked) = (agent.Group, agent.CountsAsWorking);
        var group = agent.Gone ? null : GroupOf(agent);
        if (group != oldGroup || worked != agent.TakesWork)
        {
            Count(agent, -1);
            if (group != oldGroup) TakeOutOfBucket(agent);
            (agent.Group, agent.CountsAsWorking) = (group, agent.TakesWork);
            Count(agent, +1);
            if (worked) TouchDeclined(oldGroup!);
        }
        Settle(agent);
        TouchPreferrers(agent);
    }

    /// <summary>The group of an agent's profile. Looked up only when another profile comes: that costs microseconds.</summary>
    private AgentGroup GroupOf(AgentEntry agent)
    {
        if (agent.Group is { } group && ReferenceEquals(agent.GroupedBy, agent.View.Profile)) return group;
        agent.GroupedBy = agent.View.Profile;
        return pool.Groups.Group(agent.View.Profile);
    }

    /// <summary>Brings an agent's bucket up to date with their load.</summary>
    public void Settle(AgentEntry agent)
    {
        TakeOutOfBucket(agent);
        if (!agent.TakesWork || agent.Group is not { } group) return;
        agent.Used = agent.UnitsInUse();
        agent.Idle = agent.IdleSince();
        if (RoomOf(agent, group) is var room && room != 0) group.Bucket(agent.Used, room, pool.Agents).Add(agent);
    }

    /// <summary>Places a case: parked, reserved or in its group.</summary>
    public void Place(CaseEntry entry)
    {
        entry.Dirty = false;
        TakeOut(entry);
        if (entry.Gone || entry.AskedEnough)
        {
            if (!entry.Gone) entry.Placement = Placement.Parked;
            pool.Cases.ReleaseIfUnused(entry);
            return;
        }
        var (queue, now) = (entry.Kind.Queue.Settings, pool.Now.UtcTicks);
        var stage = queue.Stages.IsEmpty ? 0 : Stages.At(queue, entry.QueuedAt, pool.Now);
        var due = Stages.NextAt(queue, entry.QueuedAt, stage)?.UtcTicks ?? long.MaxValue;
        var declined = false;
        foreach (var decline in entry.Declines)
        {
            if (decline.Until.UtcTicks <= now) continue;
            declined = true;
            due = Math.Min(due, decline.Until.UtcTicks);
        }
        entry.Special = declined || entry.AskedCount > 0;
        var group = pool.Groups.Group(entry.Kind, stage);
        if (entry.PreferredAgent is { } preferred && entry.PreferenceEnds > now)
        {
            due = Math.Min(due, entry.PreferenceEnds);
            pool.Preferences.Add(entry, preferred);
            if (WaitsFor(preferred, entry, group))
            {
                (entry.Placement, entry.Group) = (Placement.Reserved, group);
                pool.Timers.Set(entry, due);
                return;
            }
        }
        group.Add(entry);
        if (declined)
        {
            entry.DeclinedIndex = group.Declined.Count;
            group.Declined.Add(entry);
        }
        pool.Timers.Set(entry, due);
    }

    /// <summary>Parks a case that asks enough agents now.</summary>
    public void Park(CaseEntry entry)
    {
        TakeOut(entry);
        entry.Placement = Placement.Parked;
    }

    /// <summary>Takes a case out of wherever it is.</summary>
    public void TakeOut(CaseEntry entry)
    {
        if (entry.ListedUnder is not null) pool.Preferences.Remove(entry);
        if (entry.DeclinedIndex >= 0)
        {
            var declined = entry.Group!.Declined;
            var last = declined[^1];
            declined[entry.DeclinedIndex] = last;
            last.DeclinedIndex = entry.DeclinedIndex;
            declined.RemoveAt(declined.Count - 1);
            entry.DeclinedIndex = -1;
        }
        if (entry.Placement == Placement.InGroup) entry.Group!.Remove(entry);
        entry.Placement = Placement.Nowhere;
        entry.Group = null;
        pool.Timers.Set(entry, long.MaxValue);
    }

    /// <summary>Whether a case within its patience waits for the agent it prefers: one who is there, and could serve it.</summary>
    private bool WaitsFor(string preferred, CaseEntry entry, CaseGroup group) =>
        pool.Agents.TryFind(preferred, out var agent) && IsReachable(agent) && agent.Group is { } offers
        && group.IsServedBy(offers) && agent.HoldingDecline(entry, pool.Now.UtcTicks) is null;

    private static bool IsReachable(AgentEntry agent) => !agent.Gone && agent.View.Presence != Presence.Offline;

    private ulong RoomOf(AgentEntry agent, AgentGroup group)
    {
        var room = 0UL;
        for (var i = 0; i < pool.Queues.Channels.Count; i++)
        {
            var (channel, units) = pool.Queues.Channels[i];
            if (agent.Used + units > group.Profile.Capacity) continue;
            var limit = Eligibility.Limit(group.Profile, channel);
            if (limit == int.MaxValue || limit > 0 && agent.CasesOf(channel) < limit) room |= 1UL << i;
        }
        return room;
    }

    private static void TakeOutOfBucket(AgentEntry agent)
    {
        if (agent.Bucket is not { } bucket) return;
        bucket.Remove(agent);
        if (bucket.Live == 0) agent.Group!.Drop(bucket);
    }

    private static void Count(AgentEntry agent, int one)
    {
        if (agent.Group is not { } group) return;
        group.Agents += one;
        if (agent.CountsAsWorking) group.Working += one;
    }

    /// <summary>Somebody stopped working: cases that only others declined may have nobody else left.</summary>
    private void TouchDeclined(AgentGroup agents)
    {
        foreach (var group in agents.Serves)
            foreach (var entry in group.Declined)
                if (entry.Declines.Length >= group.Working()) pool.Touch(entry);
    }

    /// <summary>Cases wait for an agent they prefer, or no longer, as the agent comes, goes, changes, or is available anew.</summary>
    private void TouchPreferrers(AgentEntry agent)
    {
        var seen = (IsReachable(agent), agent.Group, agent.View.AvailabilityEpoch);
        if (seen == agent.SeenByPreferrers) return;
        agent.SeenByPreferrers = seen;
        foreach (var entry in pool.Preferences.Of(agent.Id)) pool.Touch(entry);
    }
}
