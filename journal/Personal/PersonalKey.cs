namespace RoutingGrid.Journal.Personal;

/// <summary>What seals one customer's personal data.</summary>
/// <param name="Id">Stands beside everything that it seals. It says nothing of the customer.</param>
/// <param name="Bytes">32 of them, random.</param>
internal sealed record PersonalKey(long Id, byte[] Bytes)
{
    internal const int Size = 32;

    /// <summary>A new one, which counts from the commit of what it seals.</summary>
    internal static PersonalKey New()
    {
        var bytes = new byte[Size];
        RandomBytes.Fill(bytes);
        return new PersonalKey(KeyIds.Next(), bytes);
    }
}

/// <summary>A key as a store has it for who reads.</summary>
/// <param name="Bytes">Null: it was destroyed.</param>
/// <param name="Pseudonym">What its customer is called since.</param>
internal sealed record StoredKey(byte[]? Bytes, string Pseudonym)
{
    /// <summary>What stands in for a key that the store does not have at all.</summary>
    internal static StoredKey Missing { get; } = new(null, "erased:unknown");
}

/// <summary>The keys that some slices were sealed with, as the store has them now: each is asked for once.</summary>
/// <remarks>They live as long as one read. A memory beyond that would go on showing what was erased.</remarks>
internal sealed class ReadingKeys(Func<long, StoredKey?>? find = null)
{
    private readonly Dictionary<long, StoredKey> _known = [];

    internal StoredKey this[long id] =>
        _known.TryGetValue(id, out var key) ? key : _known[id] = find?.Invoke(id) ?? StoredKey.Missing;

    internal void Add(long id, StoredKey key) => _known[id] = key;
}
