using System.Collections.Immutable;

namespace RoutingGrid.Journal.Archive;

/// <summary>Puts what left the tables back between what is still there, in the order of positions. It holds the pieces that have begun and
/// not ended at the position that is being read: as many as cases were open at the time. A piece is read when its turn comes.</summary>
internal sealed class ArchivedHistory(Func<ArchivedPiece, ImmutableArray<StoredSlice>> read)
{
    /// <summary>Pieces that are asked for at once.</summary>
    internal const int AtOnce = 500;

    // A piece waits at its first position, and in its place then each of its slices at its own.
    private readonly PriorityQueue<(ArchivedPiece Piece, StoredSlice? Slice), long> _waiting = new();
    private readonly PriorityQueue<(long Number, long Version), long> _ends = new();
    private readonly HashSet<(long Number, long Version)> _held = [];

    /// <summary>Files up to this one have been asked for pieces that began before what is being read.</summary>
    internal long SeenFile { get; set; }

    /// <summary>Takes pieces in; those that it has are left out.</summary>
    internal void Add(IEnumerable<ArchivedPiece> pieces)
    {
        foreach (var piece in pieces)
        {
            if (!_held.Add((piece.Number, piece.Version))) continue;
            _ends.Enqueue((piece.Number, piece.Version), piece.Position);
            _waiting.Enqueue((piece, null), piece.First);
        }
    }

    /// <summary>Everything with a position above <paramref name="after"/>, up to and with <paramref name="to"/>. What was moved while it was read is there
    /// twice, and is handed out once.</summary>
    internal IEnumerable<PlacedSlice> Merge(IEnumerable<PlacedSlice> tables, long after, long to)
    {
        var last = after;
        foreach (var next in tables)
        {
            if (next.Slice.Position > to) break;
            foreach (var earlier in Waiting(next.Slice.Position - 1)) yield return earlier;
            if (next.Slice.Position <= last) continue;
            last = next.Slice.Position;
            yield return next;
        }
        foreach (var rest in Waiting(to)) yield return rest;
        while (_ends.TryPeek(out _, out var end) && end <= to) _held.Remove(_ends.Dequeue());

        IEnumerable<PlacedSlice> Waiting(long until)
        {
            while (_waiting.TryPeek(out var waiting, out var position) && position <= until)
            {
                _waiting.Dequeue();
                if (waiting.Slice is null)
                {
                    foreach (var slice in read(waiting.Piece)) _waiting.Enqueue((waiting.Piece, slice), slice.Position);
                    continue;
                }
                if (position <= last) continue;
                last = position;
                yield return new PlacedSlice(waiting.Piece.Number, waiting.Piece.Stream, waiting.Slice);
            }
        }
    }
}
