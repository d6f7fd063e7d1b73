namespace RoutingGrid.Journal.Sqlite.Writing;

/// <summary>What waits to be written, up to a limit. Many add, one takes.</summary>
internal sealed class WriteQueue(int limit)
{
    private readonly object _gate = new();
    private readonly Queue<WriteItem> _waiting = [];
    private bool _takerWaits;
    private bool _closed;

    internal int Limit => limit;

    internal bool IsEmpty
    {
        get
        {
            lock (_gate) return _waiting.Count == 0;
        }
    }

    /// <summary>False where the limit is reached.</summary>
    /// <exception cref="ObjectDisposedException">The journal is closed.</exception>
    internal bool TryAdd(WriteItem item)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(SqliteJournal));
            if (_waiting.Count >= limit) return false;
            _waiting.Enqueue(item);
            if (_takerWaits) Monitor.Pulse(_gate);
            return true;
        }
    }

    /// <summary>Waits for something, then takes all of it up to a number and a size. Null: closed, and nothing is left.</summary>
    internal List<WriteItem>? Take(int most, int mostBytes)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_closed) return null;
                _takerWaits = true;
                Monitor.Wait(_gate);
                _takerWaits = false;
            }
            return Group(most, mostBytes);
        }
    }

    /// <summary>As <see cref="Take"/>, without waiting. Null: nothing is there.</summary>
    internal List<WriteItem>? TryTake(int most, int mostBytes)
    {
        lock (_gate) return _waiting.Count == 0 ? null : Group(most, mostBytes);
    }

    /// <summary>Nothing more is taken in; what waits is still handed out.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }

    private List<WriteItem> Group(int most, int mostBytes)
    {
        var group = new List<WriteItem>(Math.Min(most, _waiting.Count));
        var bytes = 0;
        while (group.Count < most && bytes < mostBytes && _waiting.TryPeek(out var item) && (group.Count == 0 || !item.IsAlone))
        {
            group.Add(_waiting.Dequeue());
            bytes += item.Size;
            if (item.IsAlone) break;
        }
        return group;
    }
}
