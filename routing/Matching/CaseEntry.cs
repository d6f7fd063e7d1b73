using System.Collections.Immutable;
using RoutingGrid.Routing.Cases;

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
/// <remarks>There can be a million: what was said of a case is copied, and kept as it came only where it names agents.</remarks>
internal sealed class CaseEntry
{
    private AgentEntry[] _proposed = [];
    private WaitingCase? _naming;
    private long _queuedAt;

    public CaseEntry(WaitingCase waiting, CaseKind kind, int slot)
    {
        (Id, Slot, Kind) = (waiting.CaseId, slot, kind);
        Take(waiting, kind);
    }

    public string Id { get; }
    public CaseKind Kind { get; private set; }
    public long Version { get; private set; }
    public string? Rule { get; private set; }
    public double Boost { get; private set; }
    public int Class { get; private set; }

    /// <summary>In UTC ticks.</summary>
    public long VirtualStart { get; private set; }
    public DateTimeOffset QueuedAt => new(_queuedAt, TimeSpan.Zero);
    public string? PreferredAgent => _naming?.PreferredAgent;
    public DateTimeOffset? PreferredUntil => _naming?.PreferredUntil;
    public ImmutableArray<Decline> Declines => _naming?.Declines ?? [];
    public ImmutableArray<string> Asked => _naming?.Asked ?? [];

    /// <summary>Index in the case table, by which heaps name it. Not reused while a heap still names it.</summary>
    public readonly int Slot;

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

    /// <summary>How many agents are being asked; one with both an offer and a proposal is one.</summary>
    public int AskedCount
    {
        get
        {
            if (_naming is null) return _proposed.Length;
            var count = Asked.Length;
            foreach (var proposed in _proposed)
                if (!Asked.Contains(proposed.Id)) count++;
            return count;
        }
    }

    /// <summary>Whether as many agents are asked as the queue allows.</summary>
    public bool AskedEnough => AskedCount >= Kind.Queue.OffersAtOnce;

    /// <summary>Until when it waits for nobody but the agent it prefers, in UTC ticks.</summary>
    public long PreferenceEnds =>
        PreferredUntil?.UtcTicks ?? _queuedAt + Kind.Queue.Settings.PreferredPatienceSeconds * TimeSpan.TicksPerSecond;

    /// <summary>The part of its effective priority that does not depend on now; see <see cref="PriorityOrder"/>.</summary>
    public long Key => PriorityOrder.Key(Class, Boost, Kind.Queue.Rate, VirtualStart);

    public void Take(WaitingCase waiting, CaseKind kind)
    {
        Kind = kind;
        Version = waiting.Version;
        Rule = waiting.Rule;
        (Class, Boost) = (waiting.Class, waiting.Boost);
        (VirtualStart, _queuedAt) = (waiting.VirtualStart.UtcTicks, waiting.QueuedAt.UtcTicks);
        _naming = waiting is { PreferredAgent: null, Declines: [], Asked: [] } ? null : waiting;
    }

    /// <summary>The case as it was told, for another matcher.</summary>
    public WaitingCase Retell() => new()
    {
        CaseId = Id,
        Version = Version,
        Queue = Kind.Queue.Name,
        Channel = Kind.Channel,
        Account = Kind.Account,
        Needs = Kind.Needs,
        Class = Class,
        Boost = Boost,
        VirtualStart = new DateTimeOffset(VirtualStart, TimeSpan.Zero),
        QueuedAt = QueuedAt,
        PreferredAgent = PreferredAgent,
        PreferredUntil = PreferredUntil,
        Declines = Declines,
        Asked = Asked,
        Rule = Rule,
    };

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
        return Asked.Contains(agent.Id);
    }
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
