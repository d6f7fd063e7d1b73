using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using RoutingGrid.Journal.Codec;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Customers;

namespace RoutingGrid.Journal.Personal;

/// <summary>Events of a slice whose personal data is sealed: the events without it, then the key's id, then nonce, sealed data and tag in base 64.
/// <c>["case.opened",{…},"case.queued",{…},71,"q83v…"]</c></summary>
/// <remarks>
/// AES-256-GCM (NIST SP 800-38D), once per slice. What stands before the sealed value is its additional data, so that it opens in no other slice; the names of
/// streams are no part of that, since an erasure changes a customer's. The data is one list, with an entry per event.
/// </remarks>
internal static class SealedEvents
{
    private const int NonceSize = 12;
    internal const int TagSize = 16;
    private const int OnStack = 1024;

    /// <summary>Writes what <see cref="EventCodec.WriteMany"/> would, with the personal data sealed.</summary>
    [SkipLocalsInit]
    internal static void Write(PooledBuffer buffer, ImmutableArray<DomainEvent> events, long keyId, AesGcm cipher)
    {
        using var data = PooledBuffer.Rent();
        PersonalJson.Write(data.Json(), events);
        var start = buffer.Length;
        var json = buffer.Json();
        json.WriteStartArray();
        foreach (var happened in events) EventCodec.WriteSealed(json, happened);
        json.WriteNumberValue(keyId);
        json.Flush();
        var size = NonceSize + data.Length + TagSize;
        var room = size <= OnStack ? stackalloc byte[OnStack] : new byte[size];
        var bytes = room[..size];
        RandomBytes.Fill(bytes[..NonceSize]);
        cipher.Encrypt(bytes[..NonceSize], data.Written, bytes[NonceSize..^TagSize], bytes[^TagSize..], buffer.Slice(buffer.Since(start)));
        json.WriteBase64StringValue(bytes);
        json.WriteEndArray();
        json.Flush();
    }

    /// <summary>The id of the key that a slice was sealed with; null: it is not sealed.</summary>
    internal static long? KeyOf(ReadOnlySpan<byte> json) => Parts(json, out var before, out _) ? KeyIn(before) : null;

    /// <summary>Reads a slice's events: as they were, or, where the key was destroyed, without personal data.</summary>
    /// <exception cref="JournalUnusableException">It is not what was written.</exception>
    internal static void Read(ReadOnlySpan<byte> json, ReadingKeys keys, List<DomainEvent> into)
    {
        var first = into.Count;
        EventCodec.ReadMany(json, into);
        if (!Parts(json, out var before, out var sealedData)) return;
        var key = keys[KeyIn(before)];
        if (key.Bytes is null)
        {
            for (var i = first; i < into.Count; i++) into[i] = PersonalData.Remove(into[i], key.Pseudonym);
            return;
        }
        var data = Open(key.Bytes, before, sealedData);
        for (var i = 0; i < data.Length; i++)
            if (data[i] is { } personal) into[first + i] = personal.PutInto(into[first + i]);
    }

    /// <summary>What doctor says where a customer was not erased, and yet has no key.</summary>
    internal static string KeyIsMissing(long id) => $"the key {id} that its personal data is sealed with is missing, and nobody was erased. Restore the keys from a backup.";

    private static PersonalData?[] Open(byte[] key, ReadOnlySpan<byte> before, ReadOnlySpan<byte> base64)
    {
        try
        {
            var bytes = new byte[base64.Length / 4 * 3];
            if (System.Buffers.Text.Base64.DecodeFromUtf8(base64, bytes, out _, out var size) != System.Buffers.OperationStatus.Done || size < NonceSize + TagSize)
                throw new CryptographicException("It is cut short.");
            var data = new byte[size - NonceSize - TagSize];
            using var cipher = new AesGcm(key, TagSize);
            cipher.Decrypt(bytes.AsSpan(0, NonceSize), bytes.AsSpan(NonceSize, data.Length), bytes.AsSpan(size - TagSize, TagSize), data, before);
            return PersonalJson.Read(data);
        }
        catch (CryptographicException e)
        {
            throw new JournalUnusableException($"Personal data in the journal does not open with its key: {e.Message} Restore the journal, with its keys, from a backup.", e);
        }
    }

    /// <summary>The sealed value and what stands before it. Other slices end with an event, and not with a text.</summary>
    private static bool Parts(ReadOnlySpan<byte> json, out ReadOnlySpan<byte> before, out ReadOnlySpan<byte> sealedData)
    {
        before = sealedData = default;
        if (!json.EndsWith("\"]"u8)) return false;
        var quote = json[..^2].LastIndexOf((byte)'"');
        if (quote < 2) return false;
        before = json[..(quote - 1)];
        sealedData = json[(quote + 1)..^2];
        return true;
    }

    private static long KeyIn(ReadOnlySpan<byte> before)
    {
        var digits = before[(before.LastIndexOf((byte)',') + 1)..];
        return System.Buffers.Text.Utf8Parser.TryParse(digits, out long id, out var read) && read == digits.Length
            ? id
            : throw new JournalUnusableException("A slice of the journal ends with a text that no key stands before. Restore the journal from a backup.");
    }
}

/// <summary>Ciphers for one append. Making one takes longer than sealing with it, and a case is opened together with its customer's own event.</summary>
internal sealed class Ciphers : IDisposable
{
    private PersonalKey? _key;
    private AesGcm? _cipher;

    internal AesGcm Of(PersonalKey key)
    {
        if (_cipher is not null && _key == key) return _cipher;
        _cipher?.Dispose();
        _key = key;
        return _cipher = new AesGcm(key.Bytes, SealedEvents.TagSize);
    }

    public void Dispose() => _cipher?.Dispose();
}
