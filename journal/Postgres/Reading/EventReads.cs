using System.Runtime.CompilerServices;
using Npgsql;
using RoutingGrid.Journal.Archive;
using RoutingGrid.Journal.Codec;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Postgres.Reading;

/// <summary>Events as they were appended: by stream, and all of them, wherever they are kept by now.</summary>
internal sealed class EventReads(Reads reads, StreamReads streams, ArchiveFiles files)
{
    private const int BatchSlices = 1000;

    // Three statements, one after the other, each with a view of the database of its own: the order is what the proof rests on.
    private const string Taken = "SELECT last_value FROM last_position";

    private const string Unsettled =
        """
        SELECT min((classid::bigint << 32 | objid::bigint) - x'5247000000000000'::bigint) FROM pg_locks
        WHERE locktype = 'advisory' AND objsubid = 1 AND classid::bigint >> 16 = x'5247'::bigint AND granted
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """;

    private const string Following =
        """
        SELECT s.position, s.version, s.checksum, s.events, s.stream, t.kind, w.name, t.key
        FROM (SELECT position, stream, version, checksum, events FROM slice WHERE position > $1 ORDER BY position LIMIT $2) s
        JOIN stream t ON t.id = s.stream JOIN workspace w ON w.id = t.workspace
        ORDER BY s.position
        """;

    /// <param name="most">Slices from the tables at most: each has at least one event.</param>
    internal async ValueTask<IReadOnlyList<RecordedEvent>> OfStream(StreamId stream, long after, long most, CancellationToken cancel)
    {
        var slices = await streams.Of(stream, after, most, cancel);
        var events = await KeyReads.Open(reads, slices, cancel);
        // What is moved while this reads is seen here or there, or in both: so the tables first, and then what comes before it.
        if (stream.Kind == StreamKind.Case && (events.Count == 0 || events[0].Version > after + 1))
        {
            var earlier = await KeyReads.Open(reads, Slices(await Pieces(stream, after, cancel)), cancel);
            if (events.Count > 0) earlier.RemoveAll(recorded => recorded.Version >= events[0].Version);
            events.InsertRange(0, earlier);
        }
        events.RemoveRange(0, events.Count(recorded => recorded.Version <= after));
        return events;
    }

    /// <summary>The next event in the tables.</summary>
    internal async ValueTask<RecordedEvent?> Near(long after, CancellationToken cancel)
    {
        var next = await reads.All(Following, static row => new PlacedSlice(row.GetInt64(4), StreamOf(row), SliceOf(row)), cancel, after, 1);
        return (await KeyReads.Open(reads, next, cancel)).Find(recorded => recorded.Position > after);
    }

    /// <summary>A case that is in files and nowhere else, as it was when it went there. Null: it is not.</summary>
    internal async ValueTask<CaseState?> ArchivedCase(StreamId stream, CancellationToken cancel)
    {
        if (await Pieces(stream, 0, cancel) is not { Count: > 0 } pieces) return null;
        var hasSlices = await reads.First(ArchiveReads.HasSlices, static row => row.GetBoolean(0), cancel, stream.Workspace, stream.Kind.ToString(), stream.Id);
        return hasSlices ? null : await Fold(pieces, cancel);
    }

    /// <summary>An archived case in a list.</summary>
    internal async ValueTask<CaseRow> Row(ArchivedPiece last, string customer, CancellationToken cancel)
    {
        try
        {
            return CaseRow.Of(last.Stream.Workspace, last.Stream.Id, await Fold(last.After == 0 ? [last] : await Pieces(last.Stream, 0, cancel), cancel));
        }
        catch (ArchiveUnusableException)
        {
            return CaseRow.Of(last.Stream.Workspace, last.Stream.Id, ArchivedRows.Outline(last, customer));
        }
    }

    /// <summary>In batches, each a short read of its own, up to the first position whose transaction may still run. It ends there: what
    /// follows is read by whoever asks again.</summary>
    /// <remarks>
    /// No position is skipped. A batch ends at H: the lesser of M, the last position that was taken, and the least position that a
    /// running transaction has registered; M is read first, then the registrations, then the events. Let p ≤ H be a position that
    /// some transaction T took. As p ≤ M, T had taken p before M was read, and before that T had registered a number below p. If T
    /// had still run when registrations were read, they would have shown that number, and H would be below p. So T had ended by
    /// then; a server lets go of a transaction's registration only after others see its rows; the events were read later. They
    /// have p, or nobody ever will: T was undone. A block lies on one side of H, since H is where some block begins or M ends.
    /// </remarks>
    internal async IAsyncEnumerable<RecordedEvent> All(long after, [EnumeratorCancellation] CancellationToken cancel)
    {
        var archived = new ArchivedHistory(files.Read);
        while (true)
        {
            var batch = await Batch(after, archived, cancel);
            if (batch.Count == 0) yield break;
            foreach (var recorded in batch)
            {
                cancel.ThrowIfCancellationRequested();
                yield return recorded;
            }
            after = batch[^1].Position;
        }
    }

    /// <summary>The same reasoning as for <see cref="All"/>: what was taken is read first, then what has not ended.</summary>
    internal ValueTask<JournalEnd> End(CancellationToken cancel) => reads.Run(
        batch =>
        {
            Reads.Add(batch, Taken);
            Reads.Add(batch, Unsettled);
        },
        async reader =>
        {
            await reader.ReadAsync(cancel);
            var taken = reader.GetInt64(0);
            await reader.NextResultAsync(cancel);
            return new JournalEnd(taken, await reader.ReadAsync(cancel) && !reader.IsDBNull(0) ? Math.Min(taken, reader.GetInt64(0)) : taken);
        },
        cancel);

    private async ValueTask<List<RecordedEvent>> Batch(long after, ArchivedHistory archived, CancellationToken cancel)
    {
        var (found, settled, lastArchived) = await Settled(after, cancel);
        var to = found.Count == BatchSlices && found[^1].Slice.Position <= settled ? found[^1].Slice.Position : settled;
        if (lastArchived > after) to = Math.Min(to, await Load(after, archived, cancel));
        var events = await KeyReads.Open(reads, [.. archived.Merge(found, after, to)], cancel);
        events.RemoveRange(0, events.Count(recorded => recorded.Position <= after));
        return events;
    }

    private ValueTask<(List<PlacedSlice> Found, long Settled, long LastArchived)> Settled(long after, CancellationToken cancel) => reads.Run(
        batch =>
        {
            Reads.Add(batch, Taken);
            Reads.Add(batch, Unsettled);
            Reads.Add(batch, Following, after, BatchSlices);
            // After the events: what has left the tables by then is seen there.
            Reads.Add(batch, ArchiveReads.LastPosition);
        },
        async reader =>
        {
            await reader.ReadAsync(cancel);
            var settled = reader.GetInt64(0);
            await reader.NextResultAsync(cancel);
            if (await reader.ReadAsync(cancel) && !reader.IsDBNull(0)) settled = Math.Min(settled, reader.GetInt64(0));
            await reader.NextResultAsync(cancel);
            var found = new List<PlacedSlice>();
            while (await reader.ReadAsync(cancel)) found.Add(new PlacedSlice(reader.GetInt64(4), StreamOf(reader), SliceOf(reader)));
            await reader.NextResultAsync(cancel);
            await reader.ReadAsync(cancel);
            return (found, settled, reader.GetInt64(0));
        },
        cancel);

    /// <summary>Takes in the next pieces, and says up to where they are all there are.</summary>
    private async ValueTask<long> Load(long after, ArchivedHistory archived, CancellationToken cancel)
    {
        // First, so that a file that comes while this reads is asked for again.
        var file = await reads.First(ArchiveReads.LastFile, static row => row.GetInt64(0), cancel);
        if (after > 0 && file > archived.SeenFile) archived.Add(await reads.All(ArchiveReads.Across, ArchiveReads.PieceOf, cancel, archived.SeenFile, after));
        var next = await reads.All(ArchiveReads.From, ArchiveReads.PieceOf, cancel, after, ArchivedHistory.AtOnce);
        archived.Add(next);
        archived.SeenFile = file;
        return next.Count == ArchivedHistory.AtOnce ? next[^1].First : long.MaxValue;
    }

    private ValueTask<List<ArchivedPiece>> Pieces(StreamId stream, long after, CancellationToken cancel) =>
        reads.All(ArchiveReads.OfStream, ArchiveReads.PieceOf, cancel, stream.Workspace, stream.Kind.ToString(), stream.Id, after);

    private async ValueTask<CaseState> Fold(List<ArchivedPiece> pieces, CancellationToken cancel) =>
        (await KeyReads.Open(reads, Slices(pieces), cancel)).Aggregate(CaseState.None, static (state, recorded) => CaseFold.Evolve(state, recorded.Event));

    private List<PlacedSlice> Slices(List<ArchivedPiece> pieces) =>
        [.. pieces.SelectMany(piece => files.Read(piece).Select(slice => new PlacedSlice(piece.Number, piece.Stream, slice)))];

    private static StreamId StreamOf(NpgsqlDataReader row) =>
        new(Names<StreamKind>.Parse(row.GetFieldValue<byte[]>(5)), row.GetString(6), row.GetString(7));

    /// <summary>A slice from four columns: position, version, checksum, events.</summary>
    internal static StoredSlice SliceOf(NpgsqlDataReader row, int from = 0) =>
        new(row.GetInt64(from), row.GetInt64(from + 1), row.IsDBNull(from + 2) ? null : row.GetInt64(from + 2), row.GetFieldValue<byte[]>(from + 3));
}
