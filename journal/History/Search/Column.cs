using System.Runtime.InteropServices;

namespace RoutingGrid.Journal.History.Search;

/// <summary>A column of a block as it is stored: its lowest number and their common step, and of how many steps each lies above it a plane of bits for each binary digit. Numbers of a block are
/// near each other, so this is a fraction of them, and comparing a thousand is a few operations per plane (bit slicing: O'Neil and Quass, SIGMOD 1997).</summary>
internal static class Column
{
    private const int Header = 3 * sizeof(long);
    private const int WordsPerPlane = Block.BitBytes / sizeof(ulong);

    // Times are mostly of whole seconds or milliseconds.
    private static readonly long[] Steps = [TimeSpan.TicksPerSecond, TimeSpan.TicksPerMillisecond, TimeSpan.TicksPerMicrosecond];

    /// <summary>The same numbers are always the same bytes. Zero is nothing, and lies below all.</summary>
    internal static byte[] Encode(ReadOnlySpan<long> values)
    {
        var (lowest, highest) = (long.MaxValue, 0L);
        foreach (var value in values)
        {
            if (value == 0) continue;
            lowest = Math.Min(lowest, value);
            highest = Math.Max(highest, value);
        }
        if (highest == 0) return new byte[Header];
        var step = StepOf(values, lowest);
        var planes = 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)((highest - lowest) / step) + 1);
        var body = new byte[Header + (planes * Block.BitBytes)];
        var numbers = MemoryMarshal.Cast<byte, long>(body.AsSpan());
        (numbers[0], numbers[1], numbers[2]) = (lowest, step, planes);
        var bits = MemoryMarshal.Cast<byte, ulong>(body.AsSpan(Header));
        for (var slot = 0; slot < values.Length; slot++)
        {
            if (values[slot] == 0) continue;
            var digits = (ulong)((values[slot] - lowest) / step) + 1;
            for (var at = slot >> 6; digits != 0; digits >>= 1, at += WordsPerPlane) bits[at] |= (digits & 1) << (slot & 63);
        }
        return body;
    }

    internal static long[] Decode(ReadOnlySpan<byte> body)
    {
        var values = new long[Block.Size];
        for (var slot = 0; slot < values.Length; slot++) values[slot] = At(body, slot);
        return values;
    }

    internal static long At(ReadOnlySpan<byte> body, int slot)
    {
        var (lowest, step, planes) = Head(body);
        var bits = MemoryMarshal.Cast<byte, ulong>(body[Header..]);
        var digits = 0L;
        for (var plane = 0; plane < planes; plane++) digits |= (long)((bits[(plane * WordsPerPlane) + (slot >> 6)] >> (slot & 63)) & 1) << plane;
        return digits == 0 ? 0 : lowest + ((digits - 1) * step);
    }

    /// <summary>Adds to the bits whose number is this one; it is not zero.</summary>
    internal static void Equal(ReadOnlySpan<byte> body, long value, Span<ulong> found)
    {
        var (lowest, step, planes) = Head(body);
        if (planes == 0 || value < lowest || (value - lowest) % step != 0) return;
        var digits = ((value - lowest) / step) + 1;
        if (digits >> planes != 0) return;
        var bits = MemoryMarshal.Cast<byte, ulong>(body[Header..]);
        for (var word = 0; word < WordsPerPlane; word++)
        {
            var equal = ulong.MaxValue;
            for (var plane = 0; plane < planes; plane++)
            {
                var here = bits[(plane * WordsPerPlane) + word];
                equal &= ((digits >> plane) & 1) != 0 ? here : ~here;
            }
            found[word] |= equal;
        }
    }

    /// <summary>Keeps the bits whose number is not zero, is not below one and is below the other.</summary>
    internal static void Between(ReadOnlySpan<byte> body, long from, long before, Span<ulong> kept)
    {
        var (lowest, step, planes) = Head(body);
        var (first, end) = (Digits(from), Digits(before));
        if (planes == 0 || end <= 1)
        {
            kept.Clear();
            return;
        }
        var bits = MemoryMarshal.Cast<byte, ulong>(body[Header..]);
        for (var word = 0; word < WordsPerPlane; word++)
            if (kept[word] != 0) kept[word] &= Below(bits, word, planes, end) & ~Below(bits, word, planes, first);

        // The fewest steps with which a number is not below the limit.
        long Digits(long limit) => limit <= lowest ? 1 : ((limit - lowest - 1) / step) + 2;
    }

    private static ulong Below(ReadOnlySpan<ulong> bits, int word, int planes, long digits)
    {
        if (digits >> planes != 0) return ulong.MaxValue;
        var (below, equal) = (0ul, ulong.MaxValue);
        for (var plane = planes - 1; plane >= 0; plane--)
        {
            var here = bits[(plane * WordsPerPlane) + word];
            if (((digits >> plane) & 1) != 0)
            {
                below |= equal & ~here;
                equal &= here;
            }
            else
            {
                equal &= ~here;
            }
        }
        return below;
    }

    private static (long Lowest, long Step, int Planes) Head(ReadOnlySpan<byte> body)
    {
        var numbers = MemoryMarshal.Cast<byte, long>(body);
        return (numbers[0], numbers[1], (int)numbers[2]);
    }

    private static long StepOf(ReadOnlySpan<long> values, long lowest)
    {
        foreach (var step in Steps)
        {
            var isCommon = true;
            foreach (var value in values) isCommon &= value == 0 || (value - lowest) % step == 0;
            if (isCommon) return step;
        }
        return 1;
    }
}
