namespace RoutingGrid.Routing.Matching;

/// <summary>Cases that time alone will change, by when. An item counts while its entry still waits for that moment.</summary>
internal sealed class TimerList(CaseTable cases)
{
    private readonly QuadHeap<TimerItem, TimerOrder> _heap = new(default);
    private int _compactAt = 64;

    public void Set(CaseEntry entry, long due)
    {
        if (entry.TimerDue == due) return;
        entry.TimerDue = due;
        if (due == long.MaxValue) return;
        entry.HeapItems++;
        _heap.Push(new TimerItem(due, entry.Slot));
        if (_heap.Count > _compactAt) Compact();
    }

    /// <summary>The next moment; <see cref="long.MaxValue"/> for none.</summary>
    public long Next
    {
        get
        {
            while (_heap.Count > 0 && !IsValid(_heap.Top)) Forget(_heap.Pop());
            return _heap.Count == 0 ? long.MaxValue : _heap.Top.Due;
        }
    }

    public CaseEntry Pop()
    {
        var entry = cases[_heap.Pop().Slot];
        entry.HeapItems--;
        entry.TimerDue = long.MaxValue;
        return entry;
    }

    private bool IsValid(in TimerItem item) => cases[item.Slot].TimerDue == item.Due;

    private void Forget(in TimerItem item)
    {
        var entry = cases[item.Slot];
        entry.HeapItems--;
        cases.ReleaseIfUnused(entry);
    }

    private void Compact()
    {
        var kept = 0;
        var items = _heap.Items;
        foreach (var item in items)
        {
            if (IsValid(item)) items[kept++] = item;
            else Forget(item);
        }
        _heap.Truncate(kept);
        _heap.Heapify();
        _compactAt = Math.Max(64, 2 * kept);
    }

    private readonly record struct TimerItem(long Due, int Slot);

    private readonly struct TimerOrder : IOrder<TimerItem>
    {
        public bool Before(in TimerItem a, in TimerItem b) => a.Due != b.Due ? a.Due < b.Due : a.Slot < b.Slot;
    }
}
