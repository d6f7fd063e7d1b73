using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Routing.Matching;

/// <summary>Agents who offer the same: queues, skills, languages, accounts, channels and capacity. Any of them can stand for all.</summary>
internal sealed class AgentGroup(AgentSettings profile)
{
    private readonly List<AgentBucket> _buckets = [];
    private readonly Stack<AgentBucket> _spare = [];

    public AgentSettings Profile { get; } = profile;

    /// <summary>Agents placed here, and those of them who take work.</summary>
    public int Agents;
    public int Working;

    /// <summary>The case groups that these agents may serve.</summary>
    public readonly List<CaseGroup> Serves = [];

    /// <summary>The pass in which an agent of this group may find something new, and for which channels.</summary>
    public long HungryIn;
    public ulong HungryFor;

    /// <summary>Agents with room for something: by units in use, then by what they have room for. None is empty.</summary>
    public List<AgentBucket> Buckets => _buckets;

    public AgentBucket Bucket(int used, ulong room, AgentTable agents)
    {
        var i = 0;
        while (i < _buckets.Count && (_buckets[i].Used < used || _buckets[i].Used == used && _buckets[i].Room < room)) i++;
        if (i < _buckets.Count && _buckets[i].Used == used && _buckets[i].Room == room) return _buckets[i];
        if (!_spare.TryPop(out var bucket)) bucket = new AgentBucket(agents);
        (bucket.Used, bucket.Room) = (used, room);
        _buckets.Insert(i, bucket);
        return bucket;
    }

    public void Drop(AgentBucket bucket)
    {
        _buckets.Remove(bucket);
        bucket.Clear();
        _spare.Push(bucket);
    }
}

/// <summary>Agents of one group with the same load and room for the same channels, the longest idle first.</summary>
internal sealed class AgentBucket(AgentTable agents)
{
    private readonly QuadHeap<AgentItem, AgentOrder> _heap = new(new AgentOrder(agents));

    /// <summary>Units in use.</summary>
    public int Used;

    /// <summary>The channels of which another case fits, as bits.</summary>
    public ulong Room;

    /// <summary>How many agents are here.</summary>
    public int Live { get; private set; }

    public void Add(AgentEntry agent)
    {
        Live++;
        agent.Bucket = this;
        _heap.Push(new AgentItem(agent.Idle, agent.Slot, agent.Ticket = agents.NextTicket()));
    }

    /// <summary>Takes an agent out. The heap's item stays behind, without a valid ticket, until it comes to the top.</summary>
    public void Remove(AgentEntry agent)
    {
        Live--;
        agent.Bucket = null;
        agent.Ticket = 0;
        if (_heap.Count > 2 * Live + 4) Compact();
        else while (_heap.Count > 0 && !agents.IsValid(_heap.Top)) _heap.Pop();
    }

    /// <summary>The longest idle of all.</summary>
    public AgentEntry First => agents[_heap.Top.Slot];

    /// <summary>The longest idle of those who may be asked. Costs by how many may not.</summary>
    public AgentEntry? FirstBut(List<AgentEntry> excluded) => Best(0, excluded);

    public void Clear()
    {
        Live = 0;
        _heap.Clear();
    }

    private AgentEntry? Best(int node, List<AgentEntry> excluded)
    {
        var items = _heap.Items;
        if (agents.IsValid(items[node]) && !excluded.Contains(agents[items[node].Slot])) return agents[items[node].Slot];
        AgentEntry? best = null;
        for (var child = node * 4 + 1; child < Math.Min(node * 4 + 5, items.Length); child++)
        {
            if (best is not null && !_heap.Before(items[child], new AgentItem(best.Idle, best.Slot, best.Ticket))) continue;
            if (Best(child, excluded) is not { } found) continue;
            if (best is null || _heap.Before(new AgentItem(found.Idle, found.Slot, 0), new AgentItem(best.Idle, best.Slot, 0))) best = found;
        }
        return best;
    }

    private void Compact()
    {
        var kept = 0;
        var items = _heap.Items;
        foreach (var item in items)
            if (agents.IsValid(item)) items[kept++] = item;
        _heap.Truncate(kept);
        _heap.Heapify();
    }
}

/// <summary>An agent in a bucket. Valid while the entry's ticket is the same.</summary>
internal readonly record struct AgentItem(long Idle, int Slot, int Ticket);

/// <summary>Longest idle first, then by id.</summary>
internal readonly struct AgentOrder(AgentTable agents) : IOrder<AgentItem>
{
    public bool Before(in AgentItem a, in AgentItem b) =>
        a.Idle != b.Idle ? a.Idle < b.Idle : string.CompareOrdinal(agents[a.Slot].Id, agents[b.Slot].Id) < 0;
}
