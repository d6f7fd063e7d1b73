using System.Buffers.Binary;
using System.Numerics;

namespace RoutingGrid.Journal.Sqlite;

/// <summary>CRC-32C (the Castagnoli polynomial, RFC 3720 appendix B.4) of a slice of events with its place: SQLite has no checksums of
/// its own, and a changed byte within a text is still a text.</summary>
internal static class Checksum
{
    internal static long Of(long position, long stream, long version, ReadOnlySpan<byte> events)
    {
        var crc = BitOperations.Crc32C(BitOperations.Crc32C(BitOperations.Crc32C(uint.MaxValue, (ulong)position), (ulong)stream), (ulong)version);
        for (; events.Length >= sizeof(ulong); events = events[sizeof(ulong)..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(events));
        foreach (var one in events) crc = BitOperations.Crc32C(crc, one);
        return ~crc;
    }
}
