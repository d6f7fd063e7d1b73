using System.Security.Cryptography;

namespace RoutingGrid.Journal.Personal;

/// <summary>Random bytes of the operating system, fetched many at once: a call costs the same for twelve bytes as for a thousand.</summary>
internal static class RandomBytes
{
    private const int AtOnce = 1024;
    [ThreadStatic] private static byte[]? s_fetched;
    [ThreadStatic] private static int s_used;

    internal static void Fill(Span<byte> bytes)
    {
        if (s_fetched is null || s_used + bytes.Length > AtOnce)
        {
            RandomNumberGenerator.Fill(s_fetched ??= new byte[AtOnce]);
            s_used = 0;
        }
        var fetched = s_fetched.AsSpan(s_used, bytes.Length);
        fetched.CopyTo(bytes);
        // What became a key must not lie about here.
        fetched.Clear();
        s_used += bytes.Length;
    }
}

/// <summary>Ids of keys: a random beginning per process and a count, so that no two processes give the same and a table of them grows at few places.</summary>
internal static class KeyIds
{
    private const int CountBits = 23;
    private static readonly Lock s_gate = new();
    private static long s_first;
    private static int s_count = 1 << CountBits;

    /// <summary>From 1 to 2^63 - 1.</summary>
    internal static long Next()
    {
        lock (s_gate)
        {
            if (s_count == 1 << CountBits) (s_first, s_count) = (Beginning(), 0);
            return s_first + s_count++;
        }
    }

    private static long Beginning()
    {
        Span<byte> random = stackalloc byte[sizeof(long)];
        RandomBytes.Fill(random);
        return Math.Max(1, BitConverter.ToInt64(random) & (long.MaxValue >> CountBits)) << CountBits;
    }
}
