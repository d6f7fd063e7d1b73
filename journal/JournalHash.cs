using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using RoutingGrid.Journal.Codec;

namespace RoutingGrid.Journal;

/// <summary>One number for a whole history: two journals with the same events have the same hash, whichever store keeps them.</summary>
public static class JournalHash
{
    /// <summary>SHA-256 over position, stream, version, name and JSON of every event in order, in lower-case hexadecimal.</summary>
    public static async ValueTask<string> Of(IJournal journal, CancellationToken cancel = default)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var buffer = PooledBuffer.Rent();
        await foreach (var recorded in journal.ReadAll(0, cancel))
        {
            buffer.Clear();
            Put(buffer, recorded);
            hash.AppendData(buffer.Written);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Put(PooledBuffer buffer, RecordedEvent recorded)
    {
        PutNumber(buffer, recorded.Position);
        PutNumber(buffer, (long)recorded.Stream.Kind);
        PutText(buffer, recorded.Stream.Workspace);
        PutText(buffer, recorded.Stream.Id);
        PutNumber(buffer, recorded.Version);
        PutText(buffer, EventCodec.NameOf(recorded.Event));
        var json = buffer.Json();
        EventCodec.Write(json, recorded.Event);
        json.Flush();
    }

    private static void PutNumber(PooledBuffer buffer, long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(buffer.GetSpan(sizeof(long)), number);
        buffer.Advance(sizeof(long));
    }

    // With its length, so that no two different sequences of texts are the same bytes.
    private static void PutText(PooledBuffer buffer, string text)
    {
        var size = Encoding.UTF8.GetByteCount(text);
        PutNumber(buffer, size);
        buffer.Advance(Encoding.UTF8.GetBytes(text, buffer.GetSpan(size)));
    }
}
