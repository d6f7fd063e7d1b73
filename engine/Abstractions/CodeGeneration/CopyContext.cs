namespace RoutingGrid.Engine.CodeGeneration;

/// <summary>The objects copied so far in one copy of one graph, so that shared and circular references stay so.</summary>
public sealed class CopyContext
{
    private Dictionary<object, object>? _copies;

    /// <summary>The copy of <paramref name="original"/> if there is one already.</summary>
    public bool TryGet<T>(T original, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out T? copy)
        where T : class
    {
        if (_copies is not null && _copies.TryGetValue(original, out object? found))
        {
            copy = (T)found;
            return true;
        }

        copy = null;
        return false;
    }

    /// <summary>To be told before the members are copied: they may lead back here.</summary>
    public void Add(object original, object copy) => (_copies ??= new(ReferenceEqualityComparer.Instance))[original] = copy;
}
