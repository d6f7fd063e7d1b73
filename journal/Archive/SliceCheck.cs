using System.Collections.Immutable;
using System.Text.Json;
using RoutingGrid.Journal.Personal;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Archive;

/// <summary>Checks slices one after the other, in the order of positions, wherever they are kept: checksums, versions, positions, texts.</summary>
/// <param name="hasNoGaps">This store leaves none in positions.</param>
/// <param name="checksum">How this store makes the checksum of a slice of a stream's.</param>
internal sealed class SliceCheck(bool hasNoGaps, Func<long, StoredSlice, long> checksum)
{
    private readonly Dictionary<long, long> _versions = [];
    private readonly List<DomainEvent> _events = [];
    private readonly List<Damage> _ofFiles = [];
    private readonly HashSet<string> _told = [];
    private bool _lacksPieces;

    /// <summary>The last position that was checked.</summary>
    internal long Last { get; private set; }

    /// <param name="keys">What its personal data is sealed with.</param>
    internal IEnumerable<Damage> Next(PlacedSlice placed, ReadingKeys keys)
    {
        foreach (var damage in Rest()) yield return damage;
        var (position, version) = (placed.Slice.Position, placed.Slice.Version);
        if (placed.Slice.Checksum is { } written && written != checksum(placed.Number, placed.Slice))
            yield return new Damage(position, "the events are not those that were written: their checksum is another.");
        if (Unreadable(placed.Slice.Events.Span, keys) is { } why)
        {
            yield return new Damage(position, why);
        }
        else
        {
            // What is in a file that cannot be read is missing everywhere; that was told once.
            if (hasNoGaps && !_lacksPieces && position - _events.Count != Last) yield return new Damage(position, $"positions {Last + 1} to {position - _events.Count} are missing or are used twice.");
            if (!hasNoGaps && position - _events.Count < Last) yield return new Damage(position, $"positions {position - _events.Count + 1} to {Last} are used twice.");
            var before = _versions.GetValueOrDefault(placed.Number);
            if (version - _events.Count != before) yield return new Damage(position, $"a stream goes on from version {version - _events.Count} and had {before}.");
        }
        (Last, _versions[placed.Number]) = (position, version);
    }

    /// <summary>What was found while files were read, and was not handed out yet.</summary>
    internal ImmutableArray<Damage> Rest()
    {
        if (_ofFiles.Count == 0) return [];
        ImmutableArray<Damage> rest = [.. _ofFiles];
        _ofFiles.Clear();
        return rest;
    }

    /// <summary>Reads a piece, and notes what is wrong with it: nothing, where it cannot be read.</summary>
    /// <param name="ofStream">All pieces of a piece's stream, in order.</param>
    internal ImmutableArray<StoredSlice> Read(ArchivedPiece piece, ArchiveFiles files, Func<ArchivedPiece, IEnumerable<ArchivedPiece>> ofStream)
    {
        try
        {
            var slices = files.Read(piece);
            if (!IsClosed(piece, piece.After == 0 ? slices : [.. ofStream(piece).Where(one => one.Version <= piece.Version).SelectMany(one => files.Read(one))]))
                _ofFiles.Add(new Damage(piece.Position, $"case {piece.Stream.Id} of workspace {piece.Stream.Workspace} was archived and is not closed."));
            return slices;
        }
        catch (ArchiveUnusableException e)
        {
            _lacksPieces = true;
            _versions[piece.Number] = piece.Version;
            if (_told.Add(e.Message)) _ofFiles.Add(new Damage(piece.Position, e.Message));
            return [];
        }
    }

    private static bool IsClosed(ArchivedPiece piece, ImmutableArray<StoredSlice> slices)
    {
        // Whose it is does not matter here, and needs no key.
        var (events, scratch, keys) = (new List<RecordedEvent>(), new List<DomainEvent>(), new ReadingKeys());
        try
        {
            foreach (var slice in slices) slice.Unpack(piece.Stream, keys, scratch, events);
            return events.Aggregate(CaseState.None, static (state, recorded) => CaseFold.Evolve(state, recorded.Event)).Status == CaseStatus.Closed;
        }
        catch (Exception error) when (error is JournalUnusableException or JsonException)
        {
            // That it cannot be read is found where it stands in the order.
            return true;
        }
    }

    private string? Unreadable(ReadOnlySpan<byte> json, ReadingKeys keys)
    {
        _events.Clear();
        try
        {
            if (SealedEvents.KeyOf(json) is { } key && keys[key] == StoredKey.Missing) return SealedEvents.KeyIsMissing(key);
            SealedEvents.Read(json, keys, _events);
            return null;
        }
        catch (Exception error) when (error is JournalUnusableException or JsonException)
        {
            return error.Message;
        }
    }
}
