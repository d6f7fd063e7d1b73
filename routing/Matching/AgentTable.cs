using System.Diagnostics.CodeAnalysis;

namespace RoutingGrid.Routing.Matching;

/// <summary>All agents ever heard of, by id and by slot.</summary>
internal sealed class AgentTable
{
    private readonly Dictionary<string, AgentEntry> _byId = [];
    private readonly List<AgentEntry> _bySlot = [];
    private int _ticket;

    public AgentEntry this[int slot] => _bySlot[slot];

    /// <summary>Entries in the order in which they were first heard of, those that are gone included.</summary>
    public IReadOnlyList<AgentEntry> All => _bySlot;

    public bool TryFind(string agentId, [NotNullWhen(true)] out AgentEntry? entry) => _byId.TryGetValue(agentId, out entry);

    public AgentEntry Add(AgentView view)
    {
        var entry = new AgentEntry(view, _bySlot.Count);
        _bySlot.Add(entry);
        _byId.Add(view.AgentId, entry);
        return entry;
    }

    public int NextTicket() => ++_ticket == 0 ? ++_ticket : _ticket;

    public bool IsValid(in AgentItem item) => _bySlot[item.Slot].Ticket == item.Ticket;
}
