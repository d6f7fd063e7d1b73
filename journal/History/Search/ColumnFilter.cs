using System.Runtime.InteropServices;

namespace RoutingGrid.Journal.History.Search;

/// <summary>What a search asks of a column: one of some values, or a time in a range.</summary>
internal sealed record ColumnFilter(Field Field, long From, long Before, ulong Set = 0)
{
    internal static ColumnFilter Is(Field field, long value) => new(field, value, value + 1);

    /// <summary>Small numbers, each a bit.</summary>
    internal static ColumnFilter In(Field field, IEnumerable<int> values) => new(field, 0, 64, values.Aggregate(0ul, static (set, value) => set | (1ul << value)));

    internal static ColumnFilter Between(Field field, DateTimeOffset? from, DateTimeOffset? before) =>
        new(field, from?.UtcTicks ?? 1, before?.UtcTicks ?? long.MaxValue);

    /// <summary>Takes out of a block's bits what does not pass.</summary>
    internal void Keep(ReadOnlySpan<byte> body, Span<ulong> bits)
    {
        if (Block.Width(Field) == sizeof(long)) Keep(MemoryMarshal.Cast<byte, long>(body), bits);
        else if (Set != 0) KeepMembers(MemoryMarshal.Cast<byte, int>(body), bits);
        else Keep(MemoryMarshal.Cast<byte, int>(body), bits);
    }

    private void Keep(ReadOnlySpan<long> values, Span<ulong> bits)
    {
        for (var word = 0; word < bits.Length; word++)
        {
            if (bits[word] == 0) continue;
            var part = Part(values, word);
            var passing = 0ul;
            for (var i = 0; i < part.Length; i++)
                if (part[i] >= From && part[i] < Before) passing |= 1ul << i;
            bits[word] &= passing;
        }
    }

    private void Keep(ReadOnlySpan<int> values, Span<ulong> bits)
    {
        var wanted = (int)From;
        for (var word = 0; word < bits.Length; word++)
        {
            if (bits[word] == 0) continue;
            var part = Part(values, word);
            var passing = 0ul;
            for (var i = 0; i < part.Length; i++) passing |= part[i] == wanted ? 1ul << i : 0;
            bits[word] &= passing;
        }
    }

    private void KeepMembers(ReadOnlySpan<int> values, Span<ulong> bits)
    {
        for (var word = 0; word < bits.Length; word++)
        {
            if (bits[word] == 0) continue;
            var part = Part(values, word);
            var passing = 0ul;
            for (var i = 0; i < part.Length; i++) passing |= ((Set >> part[i]) & 1) << i;
            bits[word] &= passing;
        }
    }

    private static ReadOnlySpan<T> Part<T>(ReadOnlySpan<T> values, int word) =>
        word * 64 >= values.Length ? [] : values[(word * 64)..Math.Min(values.Length, (word + 1) * 64)];
}
