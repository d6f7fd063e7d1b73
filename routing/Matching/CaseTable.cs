using System.Diagnostics.CodeAnalysis;

namespace RoutingGrid.Routing.Matching;

/// <summary>All cases, by id and by slot.</summary>
internal sealed class CaseTable
{
    private readonly Dictionary<string, CaseEntry> _byId = [];
    private readonly Stack<int> _freeSlots = [];
    private CaseEntry?[] _bySlot = new CaseEntry?[64];
    private int _slots;
    private int _ticket;

    /// <summary>Cases that wait; entries kept after their removal do not count.</summary>
    public int Count;

    public CaseEntry this[int slot] => _bySlot[slot]!;

    /// <summary>Entries in the order of their slots, those that are gone included.</summary>
    public IEnumerable<CaseEntry> All
    {
        get
        {
            for (var slot = 0; slot < _slots; slot++)
                if (_bySlot[slot] is { } entry) yield return entry;
        }
    }

    public bool TryFind(string caseId, [NotNullWhen(true)] out CaseEntry? entry) => _byId.TryGetValue(caseId, out entry);

    public CaseEntry Add(WaitingCase waiting, CaseKind kind)
    {
        if (!_freeSlots.TryPop(out var slot)) slot = _slots++;
        if (slot == _bySlot.Length) Array.Resize(ref _bySlot, slot * 2);
        var entry = new CaseEntry(waiting, kind, slot);
        _byId.Add(waiting.CaseId, entry);
        return _bySlot[slot] = entry;
    }

    /// <summary>Forgets an entry that is gone, once nothing refers to it any more: no proposal, no heap item, no list.</summary>
    public void ReleaseIfUnused(CaseEntry entry)
    {
        if (!entry.Gone || entry.Proposed.Length > 0) return;
        if (_byId.TryGetValue(entry.Id, out var known) && known == entry) _byId.Remove(entry.Id);
        if (entry.HeapItems > 0 || entry.Dirty || _bySlot[entry.Slot] != entry) return;
        _bySlot[entry.Slot] = null;
        _freeSlots.Push(entry.Slot);
    }

    /// <summary>A number that no heap item had before. Zero, which means none, is left out.</summary>
    public int NextTicket() => ++_ticket == 0 ? ++_ticket : _ticket;

    public bool IsValid(in CaseItem item) => _bySlot[item.Slot]!.Ticket == item.Ticket;

    public bool IdBefore(int a, int b) => string.CompareOrdinal(_bySlot[a]!.Id, _bySlot[b]!.Id) < 0;
}
