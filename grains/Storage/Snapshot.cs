using System.Text.Json;
using Microsoft.Extensions.Logging;
using RoutingGrid.Journal;
using RoutingGrid.Journal.Codec;

namespace RoutingGrid.Grains.Storage;

/// <summary>Where a grain keeps what its stream folds to, and how often.</summary>
/// <param name="Every">After so many new events one is kept; at deactivation after a quarter of them.</param>
internal sealed record SnapshotPlace(StreamId Stream, string Collection, string Key, int Every)
{
    /// <summary>From which version on there are snapshots at all.</summary>
    internal int First => FirstOf(Every);

    internal static int FirstOf(int every) => Math.Max(1, every / 2);
}

/// <summary>The state that a stream's events make, from a snapshot and the events after it where the stream is long.</summary>
/// <remarks>
/// A cache: what is missing, unreadable, of another shape or of another stream is ignored, and the events are read instead. A stream that is short is read at
/// once, and nobody asks for its snapshot. One is kept by who knows every event of the stream: after an erasure nobody puts back what was deleted.
/// </remarks>
internal sealed class Snapshot<T>(IJournal journal, SnapshotPlace place, T none, Func<T, RecordedEvent, T> evolve, ILogger log) where T : class
{
    private static readonly string Shape = string.Join(' ', typeof(T).GetProperties().Where(property => property.CanWrite).Select(property => property.Name).Order(StringComparer.Ordinal));
    private string? _etag;
    private long _kept;

    /// <summary>The stream as it is now, and its version.</summary>
    public async Task<(T State, long Version)> Load(CancellationToken cancel)
    {
        var first = await journal.ReadBeginning(place.Stream, place.First, cancel);
        if (first.Count < place.First) return Fold(none, 0, first);
        if (await Find(cancel) is { } found)
        {
            // The last event that it knows is read again: it must be there, where it was.
            var rest = await journal.ReadStream(place.Stream, found.Version - 1, cancel);
            if (rest is [var last, ..] && last.Version == found.Version && last.Position == found.Position)
            {
                _kept = found.Version;
                return Fold(found.State, found.Version, rest.Skip(1));
            }
            log.LogWarning("The snapshot of {Stream} is of version {Version} of another history; its events are read instead.", place.Stream, found.Version);
        }
        var (state, version) = Fold(none, 0, first);
        return Fold(state, version, await journal.ReadStream(place.Stream, version, cancel));
    }

    /// <summary>Keeps the state, if enough is new. It never fails: what cannot be kept is kept another time.</summary>
    /// <param name="isLast">The activation ends.</param>
    public async Task Keep(T state, long version, bool isLast = false)
    {
        if (version < place.First || version - _kept < (isLast ? Math.Max(1, place.Every / 4) : place.Every)) return;
        try
        {
            // Nothing may have happened that this activation does not know, such as an erasure.
            if (await journal.ReadStream(place.Stream, version - 1) is not [var last]) return;
            var body = JsonSerializer.SerializeToUtf8Bytes(new Stored(Shape, version, last.Position, StateCodec.ToUtf8(state)));
            var etag = await journal.Documents.Put(place.Collection, place.Key, body, _etag);
            if (etag is null) log.LogInformation("Another activation keeps snapshots of {Stream}, or one was deleted.", place.Stream);
            // On a mismatch too: who is asked again and again does not try again and again.
            (_etag, _kept) = (etag ?? _etag, version);
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException)
        {
            log.LogWarning("No snapshot of {Stream} was kept: {Reason}", place.Stream, trouble.Message);
        }
    }

    private async Task<(T State, long Version, long Position)?> Find(CancellationToken cancel)
    {
        try
        {
            if (await journal.Documents.Get(place.Collection, place.Key, cancel) is not { } document) return null;
            _etag = document.Etag;
            var stored = JsonSerializer.Deserialize<Stored>(document.Body.Span) ?? throw new JsonException("It is null.");
            if (stored.Shape == Shape) return (StateCodec.Read<T>(stored.State), stored.Version, stored.Position);
            log.LogInformation("The snapshot of {Stream} is of another version of this program; its events are read instead.", place.Stream);
        }
        catch (Exception trouble) when (trouble is JsonException or NotSupportedException or IOException or JournalUnusableException)
        {
            log.LogWarning("The snapshot of {Stream} cannot be read, and its events are read instead: {Reason}", place.Stream, trouble.Message);
        }
        return null;
    }

    private (T State, long Version) Fold(T state, long version, IEnumerable<RecordedEvent> events)
    {
        foreach (var recorded in events) (state, version) = (evolve(state, recorded), recorded.Version);
        return (state, version);
    }

    /// <param name="Shape">The names of the state's properties: a state with others means something else.</param>
    private sealed record Stored(string Shape, long Version, long Position, byte[] State);
}
