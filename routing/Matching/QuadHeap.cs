namespace RoutingGrid.Routing.Matching;

/// <summary>A strict order; a struct, so that the heap's comparisons are compiled in.</summary>
internal interface IOrder<T>
{
    bool Before(in T a, in T b);
}

/// <summary>A heap of four children per node: fewer cache lines per step than two.</summary>
internal sealed class QuadHeap<T, TOrder>(TOrder order)
    where T : struct
    where TOrder : struct, IOrder<T>
{
    private TOrder _order = order;
    private T[] _items = [];

    public int Count { get; private set; }

    /// <summary>All items; the first is the best, the rest in the heap's own order.</summary>
    public Span<T> Items => _items.AsSpan(0, Count);

    public ref readonly T Top => ref _items[0];

    public bool Before(in T a, in T b) => _order.Before(a, b);

    public void Push(in T item)
    {
        if (Count == _items.Length) Array.Resize(ref _items, Math.Max(4, Count * 2));
        SiftUp(Count++, item);
    }

    public T Pop()
    {
        var top = _items[0];
        var last = _items[--Count];
        if (Count > 0) SiftDown(0, last);
        if (Count < _items.Length / 8 && _items.Length > 64) Array.Resize(ref _items, _items.Length / 4);
        return top;
    }

    /// <summary>Takes the items as they come, without an order until <see cref="Heapify"/>.</summary>
    public void AddUnordered(in T item)
    {
        if (Count == _items.Length) Array.Resize(ref _items, Math.Max(4, Count * 2));
        _items[Count++] = item;
    }

    /// <summary>Keeps the first so many of <see cref="Items"/>.</summary>
    public void Truncate(int count)
    {
        Count = count;
        if (Count < _items.Length / 8 && _items.Length > 64) Array.Resize(ref _items, Math.Max(4, Count * 2));
    }

    public void Heapify()
    {
        if (Count < 2) return;
        for (var i = (Count - 2) / 4; i >= 0; i--) SiftDown(i, _items[i]);
    }

    public void Clear() => Count = 0;

    private void SiftUp(int hole, T item)
    {
        var items = _items;
        while (hole > 0)
        {
            var parent = (hole - 1) / 4;
            if (!_order.Before(item, items[parent])) break;
            items[hole] = items[parent];
            hole = parent;
        }
        items[hole] = item;
    }

    private void SiftDown(int hole, T item)
    {
        var items = _items.AsSpan(0, Count);
        while (true)
        {
            var first = hole * 4 + 1;
            if (first >= items.Length) break;
            var best = first;
            var end = Math.Min(first + 4, items.Length);
            for (var child = first + 1; child < end; child++)
                if (_order.Before(items[child], items[best])) best = child;
            if (!_order.Before(items[best], item)) break;
            items[hole] = items[best];
            hole = best;
        }
        items[hole] = item;
    }
}
