namespace RoutingGrid.Routing.Matching;

/// <summary>Where the matcher keeps a case.</summary>
internal enum Placement : byte
{
    /// <summary>Not yet, or no longer.</summary>
    Nowhere,
    /// <summary>Enough agents are being asked: it wants nobody.</summary>
    Parked,
    /// <summary>In the heap of its group.</summary>
    InGroup,
    /// <summary>Waits for the agent it prefers, and for nobody else.</summary>
    Reserved,
}

/// <summary>A case in the matcher. It outlives its removal until its proposals have ended.</summary>
internal sealed class CaseEntry(WaitingCase waiting, CaseKind kind, int slot)
{
    private AgentEntry[] _proposed = [];

    public WaitingCase Case = waiting;
    public CaseKind Kind = kind;

    /// <summary>Index in the case table, by which heaps name it. Not reused while a heap still names it.</summary>
    public readonly int Slot = slot;

    /// <summary>How many heap items name this entry, valid or not.</summary>
    public int HeapItems;

    /// <summary>The ticket of its one valid heap item; 0: none.</summary>
    public int Ticket;
    public Placement Placement;
    public bool Dirty;

    /// <summary>Removed by the caller; kept because of proposals or heap items.</summary>
    public bool Gone;

    /// <summary>Not every agent of the group may be asked: somebody declined, or is being asked.</summary>
    public bool Special;
    public CaseGroup? Group;

    /// <summary>When time alone changes its placement, in UTC ticks.</summary>
    public long TimerDue = long.MaxValue;

    /// <summary>Its place in the group's list of declined cases; -1: none.</summary>
    public int DeclinedIndex = -1;

    /// <summary>The agent under whom it is listed as preferring them, and its place there.</summary>
    public string? ListedUnder;
    public int PreferenceIndex = -1;

    /// <summary>Agents to whom it is proposed, and who have not answered.</summary>
    public ReadOnlySpan<AgentEntry> Proposed => _proposed;

    public void AddProposed(AgentEntry agent) => _proposed = [.. _proposed, agent];

    public bool RemoveProposed(AgentEntry agent)
    {
        if (Array.IndexOf(_proposed, agent) < 0) return false;
        _proposed = _proposed.Length == 1 ? [] : [.. _proposed.Where(a => a != agent)];
        return true;
    }

    /// <summary>Whether the agent has a live offer or a proposal of this case.</summary>
    public bool Asks(AgentEntry agent)
    {
        foreach (var proposed in _proposed)
            if (proposed == agent) return true;
        return Case.Asked.Contains(agent.Id);
    }

    /// <summary>How many agents are being asked; one with both an offer and a proposal is one.</summary>
    public int AskedCount
    {
        get
        {
            var count = Case.Asked.Length;
            foreach (var proposed in _proposed)
                if (count == 0 || !Case.Asked.Contains(proposed.Id)) count++;
            return count;
        }
    }

    /// <summary>Whether as many agents are asked as the queue allows.</summary>
    public bool AskedEnough => AskedCount >= Kind.Queue.OffersAtOnce;

    /// <summary>Until when it waits for nobody but the agent it prefers, in UTC ticks.</summary>
    public long PreferenceEnds =>
        Case.PreferredUntil?.UtcTicks ?? Case.QueuedAt.UtcTicks + Kind.Queue.Settings.PreferredPatienceSeconds * TimeSpan.TicksPerSecond;
}

/// <summary>A case in a heap. Valid while the entry's ticket is the same.</summary>
internal readonly record struct CaseItem(long Key, long VirtualStart, int Slot, int Ticket);

/// <summary>The order within a group; see <see cref="PriorityOrder"/>.</summary>
internal readonly struct CaseOrder(CaseTable table) : IOrder<CaseItem>
{
    public bool Before(in CaseItem a, in CaseItem b)
    {
        if (a.Key != b.Key) return a.Key > b.Key;
        return a.VirtualStart != b.VirtualStart ? a.VirtualStart < b.VirtualStart : table.IdBefore(a.Slot, b.Slot);
    }
}
