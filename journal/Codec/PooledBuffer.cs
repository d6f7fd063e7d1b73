using System.Buffers;
using System.Text.Json;

namespace RoutingGrid.Journal.Codec;

/// <summary>Bytes written one after the other into an array that grows and is used again.</summary>
/// <remarks>A pool of its own: hundreds are out at once, rented by many threads and given back by another, for which the shared
/// pool of arrays keeps too few. Who rents gets what was given back last: more of it is still in a core's cache.</remarks>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int Initial = 4096;
    private const int LargestKept = 64 * 1024;
    private const int MostKept = 4096;
    private static readonly Lock s_gate = new();
    private static readonly Stack<PooledBuffer> s_free = [];
    [ThreadStatic] private static PooledBuffer? s_own;
    [ThreadStatic] private static Utf8JsonWriter? s_writer;
    private byte[] _bytes = Pinned(Initial);
    private bool _isFree;

    private PooledBuffer() { }

    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    internal static PooledBuffer Rent()
    {
        var buffer = s_own;
        s_own = null;
        if (buffer is null)
        {
            lock (s_gate) s_free.TryPop(out buffer);
        }
        if (buffer is null) return new PooledBuffer();
        buffer._isFree = false;
        return buffer;
    }

    internal ReadOnlySpan<byte> Slice(Piece piece) => _bytes.AsSpan(piece.Start, piece.Length);

    internal ReadOnlyMemory<byte> Memory(Piece piece) => _bytes.AsMemory(piece.Start, piece.Length);

    /// <summary>The thread's JSON writer, set to write here. Flush it before anything else is written here.</summary>
    internal Utf8JsonWriter Json()
    {
        var writer = s_writer;
        if (writer is null) return s_writer = new Utf8JsonWriter(this, JournalJson.WriterOptions);
        writer.Reset(this);
        return writer;
    }

    /// <summary>What was written from a place on.</summary>
    internal Piece Since(int start) => new(start, Length - start);

    internal void Clear() => Length = 0;

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(Length);
    }

    public void Dispose()
    {
        // Given back twice, it would be lent to two at once.
        if (_isFree) return;
        _isFree = true;
        Length = 0;
        if (_bytes.Length > LargestKept) return;
        if (s_own is null)
        {
            s_own = this;
            return;
        }
        lock (s_gate)
        {
            if (s_free.Count < MostKept) s_free.Push(this);
        }
    }

    private void Reserve(int sizeHint)
    {
        var needed = Length + Math.Max(sizeHint, 256);
        if (needed > _bytes.Length) Grow(Math.Max(needed, _bytes.Length * 2));
    }

    private void Grow(int size)
    {
        var larger = Pinned(size);
        Written.CopyTo(larger);
        _bytes = larger;
    }

    // It never moves, so that a store can be pointed to what it shall write.
    private static byte[] Pinned(int size) => GC.AllocateUninitializedArray<byte>(size, pinned: true);
}

/// <summary>A stretch of a buffer.</summary>
internal readonly record struct Piece(int Start, int Length);
