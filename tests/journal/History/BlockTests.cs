using System.Text;
using RoutingGrid.Journal.History.Search;

namespace RoutingGrid.Journal.Tests.History;

#pragma warning disable CA5394 // Numbers at random, not secrets.
/// <summary>Columns and words of authors as they are stored, against the plain lists of what they say.</summary>
public sealed class BlockTests
{
    private const int Words = Block.BitBytes / sizeof(ulong);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 1)]
    [InlineData(300, 1)]
    [InlineData(90, TimeSpan.TicksPerDay)]
    [InlineData(100_000, TimeSpan.TicksPerSecond)]
    [InlineData(100_000_000, TimeSpan.TicksPerMillisecond)]
    [InlineData(long.MaxValue / 4, 1)]
    public void A_column_compares_as_its_numbers_do(long most, long step)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var zeros = random.Next(4) * 30;
            var values = Enumerable.Range(0, Block.Size).Select(_ => random.Next(100) < zeros ? 0 : (1 + random.NextInt64(most)) * step).ToArray();
            var body = Column.Encode(values);
            Assert.Equal(values, Column.Decode(body));
            for (var i = 0; i < 30; i++)
            {
                var (one, other) = (Limit(), Limit());
                Assert.Equal(Bits(slot => one != 0 && values[slot] == one), Found(bits => Column.Equal(body, one, bits)));
                Assert.Equal(Bits(slot => values[slot] != 0 && values[slot] >= one && values[slot] < other), Kept(bits => Column.Between(body, one, other, bits)));
            }

            // What is there, what lies beside it, and what lies anywhere.
            long Limit() => random.Next(5) switch
            {
                0 => 1 + random.NextInt64(most) * step,
                1 => long.MaxValue,
                2 => 1,
                _ => Math.Max(1, values[random.Next(values.Length)] + random.Next(-1, 2)),
            };
        }
    }

    [Fact]
    public void Authors_are_found_by_the_beginnings_of_their_words()
    {
        string[] names = ["ana", "anabel", "anton", "a", "añil", "user", "user1", "user12", "user471123", "uruguay", "中文", "中", "34600123456", new string('z', 63), "zz"];
        for (var seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            var stored = new Dictionary<AuthorBlock, byte[]>();
            var words = new string[Block.Size][];
            Array.Fill(words, []);
            for (var round = 0; round < 4; round++)
            {
                var edits = new AuthorEdits();
                foreach (var slot in Enumerable.Range(0, Block.Size).Where(_ => random.Next(3) == 0))
                {
                    var isNew = words[slot].Length == 0;
                    words[slot] = random.Next(5) == 0 ? [] : [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => names[random.Next(names.Length)]).Distinct()];
                    edits.Set(new CaseNumber(1, slot), string.Join(' ', words[slot]), isNew);
                }
                foreach (var block in edits.Blocks)
                    if (edits.Changed(block, stored.GetValueOrDefault(block)) is { } body) stored[block] = body;
            }
            foreach (var beginning in names.SelectMany(name => Enumerable.Range(1, name.Length).Select(length => name[..length])).Append("user471124").Append("b"))
            {
                var body = stored.GetValueOrDefault(new AuthorBlock(1, AuthorBlock.LetterOf(beginning), 0), []);
                Assert.Equal(
                    Bits(slot => words[slot].Any(word => word.StartsWith(beginning, StringComparison.Ordinal))),
                    Found(bits => AuthorWords.Find(body, Encoding.UTF8.GetBytes(beginning), bits)));
            }
        }
    }

    private static ulong[] Bits(Func<int, bool> isSet)
    {
        var bits = new ulong[Words];
        for (var slot = 0; slot < Block.Size; slot++) bits[slot >> 6] |= isSet(slot) ? 1ul << (slot & 63) : 0;
        return bits;
    }

    private static ulong[] Found(Action<ulong[]> add)
    {
        var bits = new ulong[Words];
        add(bits);
        return bits;
    }

    private static ulong[] Kept(Action<ulong[]> keep)
    {
        var bits = Bits(static _ => true);
        keep(bits);
        return bits;
    }
}
#pragma warning restore CA5394
