using System.Text;

namespace RoutingGrid.Journal.History.Search;

/// <summary>The words of authors of a block that begin with the same letter.</summary>
internal readonly record struct AuthorBlock(int Workspace, int Letter, long Number)
{
    /// <summary>Letters that are this far apart share a row. Fixed, since rows are stored.</summary>
    internal const int Letters = 96;

    /// <summary>Instead of a letter, what a store keeps beside them. Below 256.</summary>
    internal const int Others = Letters;

    internal static int LetterOf(string word)
    {
        Rune.DecodeFromUtf16(word, out var first, out _);
        return first.Value % Letters;
    }
}

/// <summary>The words of an <see cref="AuthorBlock"/> as they are stored: in ascending order, of each how many bytes it has in common with the one before, the others, and the slots of whose it is.
/// Whatever a search asks, it reads a row per block and word at most.</summary>
internal static class AuthorWords
{
    internal static byte[] Encode(SortedDictionary<byte[], List<int>> words)
    {
        var body = new MemoryStream();
        byte[] before = [];
        foreach (var (word, slots) in words)
        {
            var shared = word.AsSpan().CommonPrefixLength(before);
            body.WriteByte((byte)shared);
            body.WriteByte((byte)(word.Length - shared));
            body.Write(word.AsSpan(shared));
            Put(slots.Count);
            slots.Sort();
            var last = 0;
            foreach (var slot in slots)
            {
                Put(slot - last);
                last = slot;
            }
            before = word;
        }
        return body.ToArray();

        void Put(int number)
        {
            if (number >= 128) body.WriteByte((byte)(128 | (number >> 7)));
            body.WriteByte((byte)(number & 127));
        }
    }

    internal static SortedDictionary<byte[], List<int>> Decode(ReadOnlySpan<byte> body)
    {
        var words = Empty();
        byte[] before = [];
        for (var at = 0; at < body.Length;)
        {
            var shared = body[at];
            var rest = body.Slice(at + 2, body[at + 1]);
            at += 2 + rest.Length;
            before = [.. before.AsSpan(0, shared), .. rest];
            var slots = new List<int>();
            var slot = 0;
            for (var count = Take(body, ref at); count > 0; count--) slots.Add(slot += Take(body, ref at));
            words.Add(before, slots);
        }
        return words;
    }

    internal static SortedDictionary<byte[], List<int>> Empty() => new(Comparer<byte[]>.Create(static (one, other) => one.AsSpan().SequenceCompareTo(other)));

    /// <summary>Adds to the bits whose words begin so.</summary>
    internal static void Find(ReadOnlySpan<byte> body, ReadOnlySpan<byte> beginning, Span<ulong> found)
    {
        // How much of the beginning the word has: what it has in common with the word before it need not be looked at again.
        var has = 0;
        for (var at = 0; at < body.Length;)
        {
            var (shared, length) = (body[at], body[at + 1]);
            at += 2;
            if (shared <= has)
            {
                var rest = body.Slice(at, length);
                has = shared + rest.CommonPrefixLength(beginning[shared..]);
                // All that follow come later still.
                if (has < beginning.Length && has - shared < length && rest[has - shared] > beginning[has]) return;
            }
            at += length;
            var count = Take(body, ref at);
            if (has < beginning.Length)
            {
                // Most are not looked for: how long a number is, its first byte tells.
                for (; count > 0; count--) at += 1 + (body[at] >> 7);
                continue;
            }
            for (var slot = 0; count > 0; count--)
            {
                slot += Take(body, ref at);
                found[slot >> 6] |= 1ul << (slot & 63);
            }
        }
    }

    // Below 2^14, which counts and slots of a block are.
    private static int Take(ReadOnlySpan<byte> body, ref int at)
    {
        var first = body[at++];
        return first < 128 ? first : ((first & 127) << 7) | body[at++];
    }
}
