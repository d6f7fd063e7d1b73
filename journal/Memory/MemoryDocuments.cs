using System.Globalization;

namespace RoutingGrid.Journal.Memory;

/// <summary>Documents in memory. An etag is never used again, also not after a document was deleted and came back.</summary>
internal sealed class MemoryDocuments : IDocuments
{
    private readonly Dictionary<string, SortedDictionary<string, Document>> _collections = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private long _writes;

    public ValueTask<Document?> Get(string collection, string key, CancellationToken cancel = default)
    {
        lock (_gate) return new(Current(collection, key));
    }

    public ValueTask<string?> Put(string collection, string key, ReadOnlyMemory<byte> body, string? expectedEtag, CancellationToken cancel = default)
    {
        lock (_gate)
        {
            if (Current(collection, key)?.Etag != expectedEtag) return new((string?)null);
            if (!_collections.TryGetValue(collection, out var documents))
                _collections[collection] = documents = new(StringComparer.Ordinal);
            var etag = (++_writes).ToString(CultureInfo.InvariantCulture);
            documents[key] = new Document(key, etag, body.ToArray());
            return new(etag);
        }
    }

    public ValueTask<bool> Delete(string collection, string key, string? expectedEtag, CancellationToken cancel = default)
    {
        lock (_gate)
        {
            if (Current(collection, key) is not { } current || current.Etag != expectedEtag) return new(false);
            return new(_collections[collection].Remove(key));
        }
    }

    /// <summary>Whatever its etag is.</summary>
    internal void Remove(string collection, string key)
    {
        lock (_gate) _collections.GetValueOrDefault(collection)?.Remove(key);
    }

    public ValueTask<IReadOnlyList<Document>> List(string collection, CancellationToken cancel = default)
    {
        lock (_gate) return new(_collections.TryGetValue(collection, out var documents) ? documents.Values.ToArray() : []);
    }

    private Document? Current(string collection, string key) => _collections.GetValueOrDefault(collection)?.GetValueOrDefault(key);
}
