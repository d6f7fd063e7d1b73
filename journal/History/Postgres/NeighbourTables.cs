using System.Runtime.InteropServices;
using System.Text;
using RoutingGrid.Journal.History.Search;

namespace RoutingGrid.Journal.History.Postgres;

/// <summary>What a search is told by the <see cref="Neighbours"/> of blocks.</summary>
/// <param name="authors">Reads rows as those of authors.</param>
internal sealed class NeighbourTables(Func<Stretch, int, BlockReader, CancellationToken, ValueTask> authors)
{
    // Of more, those that are left would hardly be fewer.
    private const int MostPairs = 6;

    /// <summary>How many pairs of words a text has beside each other.</summary>
    internal static int Count(TextQuery query) => Math.Min(query.Required.Sum(phrase => phrase.Words.Length - 1), MostPairs);

    /// <summary>Takes out the cases in which words do not stand beside each other as they must.</summary>
    /// <param name="isWorth">Whether another pair is to be asked for, with those that are left.</param>
    internal async ValueTask Keep(TextQuery query, Candidates candidates, Func<bool> isWorth, CancellationToken cancel)
    {
        if (!isWorth()) return;
        // Of which cases nothing is known; of a block that is not there, of none.
        var unknown = new Candidates(candidates.Stretch);
        unknown.Fill();
        await Read(candidates, CaseNeighbours.Kind, (block, _, body) => Bits(body).CopyTo(unknown.Of(block)), cancel);
        foreach (var (word, next, isPrefix) in Pairs(query).Distinct().Take(MostPairs))
        {
            if (candidates.IsEmpty || !isWorth()) return;
            var (bytes, beginning) = (Encoding.UTF8.GetBytes(word), Neighbours.Beginning(next, isPrefix));
            await Read(candidates, CaseNeighbours.KindOf(word, beginning), (block, _, body) => Keep(candidates.Of(block), unknown.Of(block), body, bytes, beginning), cancel);
        }
    }

    private static void Keep(Span<ulong> candidates, ReadOnlySpan<ulong> unknown, ReadOnlySpan<byte> body, ReadOnlySpan<byte> word, ReadOnlySpan<byte> beginning)
    {
        if (candidates.IndexOfAnyExcept(0ul) < 0) return;
        Span<ulong> found = stackalloc ulong[candidates.Length];
        found.Clear();
        if (!Neighbours.Find(body, word, beginning, found)) return;
        for (var i = 0; i < candidates.Length; i++) candidates[i] &= found[i] | unknown[i];
    }

    private ValueTask Read(Candidates candidates, int kind, BlockReader read, CancellationToken cancel)
    {
        var (first, last) = candidates.Range();
        return authors(candidates.Stretch with { FirstBlock = first / Block.Size, Blocks = (int)((last / Block.Size) - (first / Block.Size)) + 1 }, kind, read, cancel);
    }

    private static IEnumerable<(string Word, string Next, bool IsPrefix)> Pairs(TextQuery query) =>
        from phrase in query.Required
        from at in Enumerable.Range(1, phrase.Words.Length - 1)
        select (phrase.Words[at - 1], phrase.Words[at], phrase.IsPrefix && at == phrase.Words.Length - 1);

    private static ReadOnlySpan<ulong> Bits(ReadOnlySpan<byte> body) => MemoryMarshal.Cast<byte, ulong>(body);
}
