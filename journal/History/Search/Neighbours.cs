using System.Text;

namespace RoutingGrid.Journal.History.Search;

/// <summary>What follows the frequent words of a block. Nearly every text has such words, and few have them beside each other; which ones, an index of words does not tell without a look at each
/// text. Here a phrase is a row per block and pair of its words. Of what follows only the beginning is kept: it leaves hardly a text too many.</summary>
internal static class Neighbours
{
    /// <summary>The words of a block share so many rows. Fixed, since rows are stored.</summary>
    internal const int Rows = 159;

    // What follows a word is in so many of them, by its first byte, so that a frequent word's are as short as the others: of a phrase, one is read. They lie so far apart.
    private const int RowsOfWord = 8;
    private const int BetweenRows = 19;

    // Of a word that fewer have, the index tells few texts.
    private const int FewestCases = Block.Size / 100;
    private const int LongestBeginning = 4;
    private const byte End = 0;

    // Stable, since rows are stored.
    internal static int RowOf(string word, ReadOnlySpan<byte> beginning) => RowOf(word, beginning[0] % RowsOfWord);

    private static int RowOf(string word, int ofWord)
    {
        var hash = 2_166_136_261u;
        foreach (var letter in word) hash = (hash ^ letter) * 16_777_619;
        return (int)(((hash % Rows) + (ofWord * BetweenRows)) % Rows);
    }

    /// <summary>How what follows is kept: a word that is whole has an end.</summary>
    internal static byte[] Beginning(string next, bool isPrefix)
    {
        var bytes = Encoding.UTF8.GetBytes(next);
        return bytes.Length >= LongestBeginning ? bytes[..LongestBeginning] : isPrefix ? bytes : [.. bytes, End];
    }

    /// <summary>Adds to the bits in which cases something follows a word that begins so; false where the word is not kept, and nothing is known of it.</summary>
    internal static bool Find(ReadOnlySpan<byte> row, ReadOnlySpan<byte> word, ReadOnlySpan<byte> beginning, Span<ulong> found)
    {
        for (var at = 0; at < row.Length;)
        {
            var kept = row.Slice(at + 1, row[at]);
            at += 1 + kept.Length;
            var length = Length(row, ref at);
            if (kept.SequenceEqual(word))
            {
                AuthorWords.Find(row.Slice(at, length), beginning, found);
                return true;
            }
            at += length;
        }
        return false;
    }

    private static int Length(ReadOnlySpan<byte> row, ref int at)
    {
        var length = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = row[at++];
            length |= (part & 127) << shift;
            if (part < 128) return length;
        }
    }

    /// <summary>Puts the rows of a block together.</summary>
    internal sealed class Collector
    {
        private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
        private readonly List<Word> _words = [];
        private readonly Dictionary<string, byte[]> _beginnings = new(StringComparer.Ordinal);
        private readonly List<(int Slot, (int Place, int Word)[] Words)> _texts = [];

        internal int Code(ReadOnlySpan<char> word)
        {
            var known = _codes.GetAlternateLookup<ReadOnlySpan<char>>();
            if (known.TryGetValue(word, out var code)) return code;
            var text = word.ToString();
            _codes.Add(text, code = _words.Count);
            _words.Add(new Word(text, Key(text)));
            return code;
        }

        /// <param name="words">Those of a case, and where they stand.</param>
        internal void Add(int slot, List<(int Place, int Word)> words)
        {
            words.Sort();
            _texts.Add((slot, [.. words]));
            foreach (var code in words.Select(one => one.Word).Distinct()) _words[code].Cases++;
        }

        internal IEnumerable<(int Row, byte[] Body)> Collect()
        {
            foreach (var (slot, words) in _texts)
                for (var i = 0; i < words.Length; i++) Follow(slot, words, i);
            var kept = _words.Where(word => word.IsKept).ToArray();
            return from word in kept from ofWord in Enumerable.Range(0, RowsOfWord) group (word, ofWord) by RowOf(word.Text, ofWord) into row select (row.Key, Encode(row));
        }

        private void Follow(int slot, (int Place, int Word)[] words, int at)
        {
            var word = _words[words[at].Word];
            if (!word.IsKept) return;
            var next = at + 1;
            // Where a text is too long, several words share its last place.
            while (next < words.Length && words[next].Place == words[at].Place) next++;
            for (; next < words.Length && words[next].Place == words[at].Place + 1; next++) word.Follow(_words[words[next].Word].Key, slot);
        }

        // One for all that begin so: they are compared by what they are.
        private byte[] Key(string text)
        {
            var key = Beginning(text, isPrefix: false);
            var name = Encoding.Latin1.GetString(key);
            if (_beginnings.TryGetValue(name, out var known)) return known;
            _beginnings.Add(name, key);
            return key;
        }

        // A word that nothing follows is there too: that is known of it.
        private static byte[] Encode(IEnumerable<(Word Word, int OfWord)> row)
        {
            var body = new MemoryStream();
            foreach (var (word, ofWord) in row)
            {
                var (text, followers) = (Encoding.UTF8.GetBytes(word.Text), word.Encode(ofWord));
                body.WriteByte((byte)text.Length);
                body.Write(text);
                var length = followers.Length;
                for (; length >= 128; length >>= 7) body.WriteByte((byte)(128 | (length & 127)));
                body.WriteByte((byte)length);
                body.Write(followers);
            }
            return body.ToArray();
        }

        private sealed class Word(string text, byte[] key)
        {
            private readonly Dictionary<byte[], List<int>> _followers = new(ReferenceEqualityComparer.Instance);

            internal string Text => text;

            /// <summary>It, as what follows another.</summary>
            internal byte[] Key => key;

            internal int Cases { get; set; }

            internal bool IsKept => Cases >= FewestCases;

            internal void Follow(byte[] follower, int slot)
            {
                if (!_followers.TryGetValue(follower, out var slots)) _followers.Add(follower, slots = []);
                if (slots.Count == 0 || slots[^1] != slot) slots.Add(slot);
            }

            internal byte[] Encode(int ofWord)
            {
                var sorted = AuthorWords.Empty();
                foreach (var (follower, slots) in _followers.Where(follower => follower.Key[0] % RowsOfWord == ofWord)) sorted.Add(follower, slots);
                return AuthorWords.Encode(sorted);
            }
        }
    }
}
