using System.Buffers.Binary;
using System.Buffers.Text;

namespace RoutingGrid.Journal;

/// <summary>Where a page of cases ended: the place of its last case in the order of arrival, in a form that nobody is tempted to
/// compute with.</summary>
internal static class Cursor
{
    private const byte Form = 1;
    private const int Size = 1 + sizeof(long) + sizeof(ushort);

    internal static string Write(long place)
    {
        Span<byte> bytes = stackalloc byte[Size];
        bytes[0] = Form;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], place);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[9..], Check(bytes[..9]));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The place, or beyond every place where there is no cursor.</summary>
    /// <exception cref="ArgumentException">It is not a cursor that came with a page.</exception>
    internal static long Read(string? cursor)
    {
        if (cursor is null) return long.MaxValue;
        Span<byte> bytes = stackalloc byte[Size];
        var isOurs = cursor.Length <= 2 * Size && Base64Url.IsValid(cursor, out var length) && length == Size
            && Base64Url.TryDecodeFromChars(cursor, bytes, out _)
            && bytes[0] == Form && BinaryPrimitives.ReadUInt16BigEndian(bytes[9..]) == Check(bytes[..9]);
        return isOurs
            ? BinaryPrimitives.ReadInt64BigEndian(bytes[1..])
            : throw new ArgumentException("The cursor is not one that came with a page. Start without one.", nameof(cursor));
    }

    private static ushort Check(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261u;
        foreach (var b in bytes) hash = (hash ^ b) * 16777619u;
        return (ushort)(hash ^ (hash >> 16));
    }
}
