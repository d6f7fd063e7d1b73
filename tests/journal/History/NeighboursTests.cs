using System.Text;
using RoutingGrid.Journal.History.Postgres;
using RoutingGrid.Journal.History.Search;

namespace RoutingGrid.Journal.Tests.History;

#pragma warning disable CA5394 // Texts at random, not secrets.
/// <summary>What follows the words of a block, against the plain reading of its texts.</summary>
public sealed class NeighboursTests
{
    private static readonly string[] Vocabulary =
        ["de", "la", "del", "d", "q", "que", "quiero", "quien", "quieto", "a", "al", "año", "añil", "añi", "¶", "中", "中文", "中文字", "𠀀", "𠀀a", "3", "34", "34600", new string('z', 63), "zz"];

    [Fact]
    public void A_phrase_is_told_from_its_pairs_as_far_as_they_are_kept()
    {
        for (var seed = 0; seed < 4; seed++)
        {
            var random = new Random(seed);
            // Some words are seldom.
            var words = Enumerable.Range(0, Block.Size).Select(_ => Enumerable.Range(0, random.Next(12)).Select(_ => Vocabulary[(int)(Vocabulary.Length * Math.Pow(random.NextDouble(), 1 + seed))]).ToArray()).ToArray();
            var rows = Rows(words);
            foreach (var word in Vocabulary.Where(word => word != "¶"))
            {
                var has = words.Count(text => text.Contains(word));
                foreach (var next in Vocabulary.Where(next => next != "¶"))
                {
                    for (var length = 1; length <= next.Length; length++)
                    {
                        if (length < next.Length && char.IsHighSurrogate(next[length - 1])) continue;
                        Compare(word, next[..length], isPrefix: true);
                    }
                    Compare(word, next, isPrefix: false);
                }

                void Compare(string word, string next, bool isPrefix)
                {
                    var found = new ulong[Block.BitBytes / sizeof(ulong)];
                    var beginning = Neighbours.Beginning(next, isPrefix);
                    var isKept = Neighbours.Find(rows.GetValueOrDefault(Neighbours.RowOf(word, beginning), []), Encoding.UTF8.GetBytes(word), beginning, found);
                    Assert.Equal(has >= 10, isKept);
                    if (!isKept) return;
                    // No more than four bytes are looked at.
                    var kept = Encoding.UTF8.GetBytes(next) is { Length: >= 4 } bytes ? bytes[..4] : null;
                    for (var slot = 0; slot < Block.Size; slot++)
                    {
                        var follows = words[slot].Zip(words[slot].Skip(1)).Any(pair => pair.First == word && (
                            kept is not null ? Encoding.UTF8.GetBytes(pair.Second).AsSpan().StartsWith(kept) : isPrefix ? pair.Second.StartsWith(next, StringComparison.Ordinal) : pair.Second == next) && pair.Second != "¶");
                        Assert.True(follows == ((found[slot >> 6] & (1ul << (slot & 63))) != 0), $"seed {seed}: '{word} {next}{(isPrefix ? "*" : "")}' in {string.Join(' ', words[slot])}");
                    }
                }
            }
        }
    }

    // By way of what PostgreSQL stores.
    private static Dictionary<int, byte[]> Rows(string[][] texts)
    {
        var (collector, words) = (new Neighbours.Collector(), new List<(int, int)>());
        foreach (var (slot, text) in texts.Index())
        {
            words.Clear();
            Lexemes.Read(Lexemes.Vector([.. text], new CaseNumber(1, slot), static word => [word[..1]]), collector, words);
            collector.Add(slot, words);
        }
        return collector.Collect().ToDictionary(row => row.Row, row => row.Body);
    }
}
#pragma warning restore CA5394
