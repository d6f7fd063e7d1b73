namespace RoutingGrid.Journal.History.Following;

/// <summary>Remembers what was used lately: of two generations the older one is forgotten when the younger is full.</summary>
internal sealed class Generations<TKey, TValue>(int limit) where TKey : notnull where TValue : class
{
    private Dictionary<TKey, TValue> _young = [];
    private Dictionary<TKey, TValue> _old = [];

    internal TValue? Find(TKey key) => _young.TryGetValue(key, out var value) || _old.TryGetValue(key, out value) ? value : null;

    internal void Put(TKey key, TValue value)
    {
        if (_young.Count >= limit / 2 && !_young.ContainsKey(key)) (_old, _young) = (_young, []);
        _young[key] = value;
    }

    internal void Clear()
    {
        _young.Clear();
        _old.Clear();
    }
}
