using RoutingGrid.Journal.Personal;
using RoutingGrid.Routing;

namespace RoutingGrid.Journal.Archive;

/// <summary>Events of one append for one stream as they are stored. Position and version are those of the last one.</summary>
/// <param name="Checksum">Null where it was written before there were checksums.</param>
internal sealed record StoredSlice(long Position, long Version, long? Checksum, ReadOnlyMemory<byte> Events)
{
    internal void Unpack(StreamId stream, ReadingKeys keys, List<DomainEvent> scratch, List<RecordedEvent> into)
    {
        scratch.Clear();
        SealedEvents.Read(Events.Span, keys, scratch);
        for (var i = 0; i < scratch.Count; i++)
        {
            var fromEnd = scratch.Count - 1 - i;
            into.Add(new RecordedEvent(Position - fromEnd, stream, Version - fromEnd, scratch[i]));
        }
    }
}

/// <summary>A slice of a stream, whose number the tables give.</summary>
internal readonly record struct PlacedSlice(long Number, StreamId Stream, StoredSlice Slice);

/// <summary>Events of one case that left the tables together: a line in a file. A case that was written to afterwards has several, one after the other.</summary>
/// <param name="Number">The stream's, as the tables have it.</param>
/// <param name="After">The version before its first event.</param>
/// <param name="Version">The version of its last event.</param>
/// <param name="First">The position of its first slice.</param>
/// <param name="Position">The position of its last slice, and of its last event.</param>
internal sealed record ArchivedPiece(
    StreamId Stream, long Number, long After, long Version, long First, long Position, DateTimeOffset ClosedAt, string Queue, PiecePlace Place)
{
    /// <summary>A key of its customer that is stored with it, while it is moved.</summary>
    internal PersonalKey? Key { get; init; }
}

/// <summary>Where a piece is: one gzip member of a file.</summary>
/// <param name="Folder">As the tables have it; below the journal's own folder it is relative to that.</param>
internal readonly record struct PiecePlace(string Folder, string File, long Offset, int Length);
