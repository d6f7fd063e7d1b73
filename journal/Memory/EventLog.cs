using RoutingGrid.Routing;

namespace RoutingGrid.Journal.Memory;

/// <summary>Every event in the order of positions. One writer at a time; readers need no lock.</summary>
internal sealed class EventLog
{
    // 2,048 entries are 48 KB: a larger chunk would go to the large object heap.
    private const int ChunkBits = 11;
    private const int ChunkSize = 1 << ChunkBits;
    private Entry[][] _chunks = new Entry[64][];
    private long _count;

    /// <summary>The last position that readers may see.</summary>
    internal long Count => Volatile.Read(ref _count);

    /// <summary>Appends; the new positions are seen from the next <see cref="Publish"/> on.</summary>
    internal void Write(long position, Subject subject, long version, DomainEvent happened)
    {
        var index = position - 1;
        var chunk = (int)(index >> ChunkBits);
        if (chunk == _chunks.Length) Volatile.Write(ref _chunks, Grown());
        var entries = _chunks[chunk] ??= new Entry[ChunkSize];
        entries[index & (ChunkSize - 1)] = new Entry(subject, version, happened);
    }

    internal void Publish(long position) => Volatile.Write(ref _count, position);

    internal RecordedEvent At(long position)
    {
        var index = position - 1;
        var entry = Volatile.Read(ref _chunks)[index >> ChunkBits][index & (ChunkSize - 1)];
        return new RecordedEvent(position, entry.Subject.Stream, entry.Version, entry.Event);
    }

    /// <summary>Puts another event in one's place. Who reads along sees the one or the other.</summary>
    internal void Replace(long position, DomainEvent happened)
    {
        var index = position - 1;
        ref var entry = ref _chunks[index >> ChunkBits][index & (ChunkSize - 1)];
        entry = entry with { Event = happened };
    }

    private Entry[][] Grown()
    {
        var larger = new Entry[_chunks.Length * 2][];
        _chunks.CopyTo(larger, 0);
        return larger;
    }

    private readonly record struct Entry(Subject Subject, long Version, DomainEvent Event);
}
