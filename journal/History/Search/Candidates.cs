using System.Numerics;

namespace RoutingGrid.Journal.History.Search;

/// <summary>Which cases of a stretch may still be what is looked for: a bit for each.</summary>
internal sealed class Candidates(Stretch stretch)
{
    // Each block has its own words, so that a block is ANDed as it is stored.
    private const int WordsPerBlock = Block.BitBytes / sizeof(ulong);
    private readonly ulong[] _bits = new ulong[stretch.Blocks * WordsPerBlock];

    internal Stretch Stretch => stretch;

    internal Span<ulong> Of(long block) => _bits.AsSpan((int)(block - stretch.FirstBlock) * WordsPerBlock, WordsPerBlock);

    internal bool this[long place]
    {
        get => (Word(place) & Bit(place)) != 0;
        set
        {
            if (value) Word(place) |= Bit(place);
            else Word(place) &= ~Bit(place);
        }
    }

    internal int Count
    {
        get
        {
            var count = 0;
            foreach (var word in _bits) count += BitOperations.PopCount(word);
            return count;
        }
    }

    internal bool IsEmpty => _bits.AsSpan().IndexOfAnyExcept(0ul) < 0;

    /// <summary>All cases of the stretch, whether they are there or not.</summary>
    internal void Fill()
    {
        for (var place = Stretch.First; place < Stretch.End; place++) this[place] = true;
    }

    internal void ClearFrom(long place)
    {
        for (var at = Math.Max(place, stretch.First); at < stretch.End; at++)
        {
            if (at % Block.Size == 0)
            {
                Of(at / Block.Size).Clear();
                at += Block.Size - 1;
            }
            else
            {
                this[at] = false;
            }
        }
    }

    /// <summary>Keeps what is in the other set too.</summary>
    internal void And(Candidates other)
    {
        for (var i = 0; i < _bits.Length; i++) _bits[i] &= other._bits[i];
    }

    internal void AndNot(Candidates other)
    {
        for (var i = 0; i < _bits.Length; i++) _bits[i] &= ~other._bits[i];
    }

    /// <summary>From the newest to the oldest.</summary>
    internal IEnumerable<long> Descending()
    {
        for (var i = _bits.Length - 1; i >= 0; i--)
        {
            var word = _bits[i];
            while (word != 0)
            {
                var bit = 63 - BitOperations.LeadingZeroCount(word);
                word &= ~(1ul << bit);
                yield return ((stretch.FirstBlock + (i / WordsPerBlock)) * Block.Size) + (i % WordsPerBlock * 64) + bit;
            }
        }
    }

    /// <summary>The lowest and the highest; there must be one.</summary>
    internal (long First, long Last) Range()
    {
        var low = _bits.AsSpan().IndexOfAnyExcept(0ul);
        var high = _bits.AsSpan().LastIndexOfAnyExcept(0ul);
        return (Place(low, BitOperations.TrailingZeroCount(_bits[low])), Place(high, 63 - BitOperations.LeadingZeroCount(_bits[high])));
    }

    private long Place(int word, int bit) => ((stretch.FirstBlock + (word / WordsPerBlock)) * Block.Size) + (word % WordsPerBlock * 64) + bit;

    private ref ulong Word(long place)
    {
        var slot = (int)(place % Block.Size);
        return ref _bits[((int)((place / Block.Size) - stretch.FirstBlock) * WordsPerBlock) + (slot >> 6)];
    }

    private static ulong Bit(long place) => 1ul << (int)(place % Block.Size % 64);
}
