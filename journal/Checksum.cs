using System.Buffers.Binary;
using System.Numerics;

namespace RoutingGrid.Journal;

/// <summary>CRC-32C (the Castagnoli polynomial, RFC 3720 appendix B.4) of a slice of events with its place: a changed byte
/// within a text is still a text, and stores do not notice by themselves.</summary>
internal static class Checksum
{
    internal static long Of(long position, long stream, long version, ReadOnlySpan<byte> events) =>
        Of(BitOperations.Crc32C(uint.MaxValue, (ulong)position), stream, version, events);

    /// <summary>For a store that gives positions while it commits: not even the writer knows them when it sends the slice.</summary>
    internal static long Of(long stream, long version, ReadOnlySpan<byte> events) => Of(uint.MaxValue, stream, version, events);

    private static long Of(uint crc, long stream, long version, ReadOnlySpan<byte> events)
    {
        crc = BitOperations.Crc32C(BitOperations.Crc32C(crc, (ulong)stream), (ulong)version);
        for (; events.Length >= sizeof(ulong); events = events[sizeof(ulong)..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(events));
        foreach (var one in events) crc = BitOperations.Crc32C(crc, one);
        return ~crc;
    }
}
