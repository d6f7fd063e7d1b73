using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Routing.Matching;

/// <summary>Cases that require the same at first: queue, channel, account, skills and language. One group per stage.</summary>
internal sealed class CaseKind(QueueEntry queue, string channel, int channelIndex, int units, string account, Requirements needs)
{
    public QueueEntry Queue { get; } = queue;
    public string Channel { get; } = channel;
    public int ChannelIndex { get; } = channelIndex;

    /// <summary>What one case weighs.</summary>
    public int Units { get; } = units;
    public string Account { get; } = account;
    public Requirements Needs { get; } = needs;

    /// <summary>Cases of this kind, wherever they are.</summary>
    public int Cases;

    public bool IsOf(WaitingCase waiting) =>
        waiting.Queue == Queue.Name && waiting.Channel == Channel && waiting.Account == Account && waiting.Needs == Needs;

    /// <summary>By stage; made when first needed.</summary>
    public readonly CaseGroup?[] Stages = new CaseGroup?[queue.Settings.Stages.Length + 1];
}

/// <summary>Agents who may serve a group of cases.</summary>
/// <param name="SkillSum">Their levels in the required skills, added up.</param>
internal readonly record struct Server(AgentGroup Agents, int SkillSum);

/// <summary>Cases that require the same now. Any of them can stand for all, but for who declined it and who is being asked.</summary>
internal sealed class CaseGroup
{
    private readonly CaseTable _cases;
    private readonly QuadHeap<CaseItem, CaseOrder> _heap;

    public CaseGroup(CaseKind kind, EffectiveRequirements requirements, CaseTable cases)
    {
        (Kind, Requirements, _cases) = (kind, requirements, cases);
        _heap = new(new CaseOrder(cases));
    }

    public CaseKind Kind { get; }
    public EffectiveRequirements Requirements { get; }

    /// <summary>The channel's bit.</summary>
    public ulong ChannelBit => Kind.ChannelIndex < 0 ? 0 : 1UL << Kind.ChannelIndex;

    /// <summary>The agent groups that may serve this one, in the order of their making.</summary>
    public readonly List<Server> Servers = [];

    /// <summary>Cases in this group that somebody declined.</summary>
    public readonly List<CaseEntry> Declined = [];

    /// <summary>The pass in which it is looked at.</summary>
    public long ActiveIn;

    /// <summary>Cases here.</summary>
    public int Live { get; private set; }

    /// <summary>Whether a case can be taken: false while every case is set aside.</summary>
    public bool HasTop => _heap.Count > 0;

    /// <summary>The first in order. Always valid.</summary>
    public ref readonly CaseItem Top => ref _heap.Top;

    /// <summary>How many agents who take work may serve it, free or not.</summary>
    public int Working()
    {
        var working = 0;
        foreach (var server in Servers) working += server.Agents.Working;
        return working;
    }

    public bool IsServedBy(AgentGroup agents)
    {
        foreach (var server in Servers)
            if (server.Agents == agents) return true;
        return false;
    }

    public void Add(CaseEntry entry)
    {
        Live++;
        entry.Group = this;
        entry.Placement = Placement.InGroup;
        entry.Ticket = _cases.NextTicket();
        PutBack(new CaseItem(entry.Key, entry.VirtualStart, entry.Slot, entry.Ticket));
    }

    /// <summary>Takes a case out, wherever it is. Its item stays behind without a valid ticket, until it comes to the top.</summary>
    public void Remove(CaseEntry entry)
    {
        Live--;
        entry.Ticket = 0;
        entry.Group = null;
        entry.Placement = Placement.Nowhere;
        if (_heap.Count > 2 * Live + 4) Compact();
        else DropStale();
    }

    /// <summary>Sets the first aside; it still counts as being here.</summary>
    public CaseItem SetAside()
    {
        var item = Pop();
        DropStale();
        return item;
    }

    public void PutBack(in CaseItem item)
    {
        _cases[item.Slot].HeapItems++;
        _heap.Push(item);
    }

    private void DropStale()
    {
        while (_heap.Count > 0 && !_cases.IsValid(_heap.Top)) Pop();
    }

    private CaseItem Pop()
    {
        var item = _heap.Pop();
        Forget(item);
        return item;
    }

    private void Forget(in CaseItem item)
    {
        var entry = _cases[item.Slot];
        entry.HeapItems--;
        _cases.ReleaseIfUnused(entry);
    }

    private void Compact()
    {
        var kept = 0;
        var items = _heap.Items;
        foreach (var item in items)
        {
            if (_cases.IsValid(item)) items[kept++] = item;
            else Forget(item);
        }
        _heap.Truncate(kept);
        _heap.Heapify();
    }
}
