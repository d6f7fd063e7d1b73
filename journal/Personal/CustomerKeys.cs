namespace RoutingGrid.Journal.Personal;

/// <summary>The keys that this process has made for customers, and stored, lately.</summary>
/// <remarks>
/// A customer of whom nothing is remembered gets one more key: erasing the customer destroys them all. So nobody has to ask the store before they write, which
/// would also change the order of appends that are sent without waiting. A key that was made for an append which was never committed seals nothing else. One that
/// was destroyed elsewhere is refused by whoever writes with it, and is forgotten then.
/// </remarks>
internal sealed class CustomerKeys(int remembered)
{
    private readonly Lock _gate = new();
    private int _era;

    // Two generations: what was used since the last turn, and what was used in the turn before. It forgets without a list of uses.
    private Dictionary<StreamId, PersonalKey> _young = [];
    private Dictionary<StreamId, PersonalKey> _old = [];

    /// <summary>Where nobody but this process destroys keys: those that were looked up in the present era are in the store. The others must be asked for.</summary>
    internal int Era => Volatile.Read(ref _era);

    /// <summary>What an append is sealed with.</summary>
    internal Sealing For(Append append)
    {
        CustomerKey?[]? keys = null;
        // Before the keys: who is sealed with one that was forgotten meanwhile is of the era before.
        var era = Volatile.Read(ref _era);
        for (var i = 0; i < append.Streams.Length; i++)
        {
            if (Sealing.CustomerOf(append, i) is not { } customer) continue;
            keys ??= new CustomerKey?[append.Streams.Length];
            keys[i] = Same(keys, customer) ?? Of(append, customer);
        }
        return keys is null ? Sealing.None : new Sealing(keys, era);
    }

    /// <summary>The store has the new ones now, and those of an erased customer no more.</summary>
    internal void Committed(Append append, Sealing sealing)
    {
        lock (_gate)
        {
            foreach (var key in sealing.Keys)
                if (key.IsNew) Add(key.Customer, key.Key);
            if (append.Erasure is { } erasure) Remove(erasure.Customer);
        }
    }

    /// <summary>A customer was erased. Ends the era.</summary>
    internal void Erased(StreamId customer)
    {
        lock (_gate)
        {
            Remove(customer);
            _era++;
        }
    }

    /// <summary>The store may not be what it was. Ends the era.</summary>
    internal void Forget()
    {
        lock (_gate)
        {
            _young.Clear();
            _old.Clear();
            _era++;
        }
    }

    /// <summary>Perhaps because a key was destroyed: whoever comes next makes another.</summary>
    internal void Refused(Sealing sealing)
    {
        lock (_gate)
        {
            foreach (var key in sealing.Keys) Remove(key.Customer);
        }
    }

    private static CustomerKey? Same(CustomerKey?[] keys, StreamId customer)
    {
        foreach (var key in keys)
            if (key is not null && key.Customer == customer) return key;
        return null;
    }

    private CustomerKey Of(Append append, StreamId customer)
    {
        // Who appears with this append has no key, whatever is remembered of somebody of that name.
        foreach (var stream in append.Streams)
            if (stream.ExpectedVersion == 0 && stream.Stream == customer) return new CustomerKey(customer, PersonalKey.New(), IsNew: true);
        lock (_gate)
        {
            if (_young.TryGetValue(customer, out var key)) return new CustomerKey(customer, key, IsNew: false);
            if (_old.TryGetValue(customer, out key))
            {
                Add(customer, key);
                return new CustomerKey(customer, key, IsNew: false);
            }
        }
        return new CustomerKey(customer, PersonalKey.New(), IsNew: true);
    }

    private void Add(StreamId customer, PersonalKey key)
    {
        if (_young.Count >= remembered)
        {
            (_old, _young) = (_young, _old);
            _young.Clear();
        }
        _young[customer] = key;
    }

    private void Remove(StreamId customer)
    {
        _young.Remove(customer);
        _old.Remove(customer);
    }
}
