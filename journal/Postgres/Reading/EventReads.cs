using System.Runtime.CompilerServices;
using Npgsql;
using RoutingGrid.Journal.Codec;

namespace RoutingGrid.Journal.Postgres.Reading;

/// <summary>Events as they were appended: by stream, and all of them.</summary>
internal sealed class EventReads(Reads reads)
{
    private const int BatchSlices = 1000;

    private const string OfOne =
        """
        SELECT position, version, events FROM slice
        WHERE stream = (SELECT s.id FROM stream s JOIN workspace w ON w.id = s.workspace WHERE w.name = $1 AND s.kind = $2 AND s.key = $3) AND version > $4
        ORDER BY version
        """;

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
        SELECT s.position, s.version, s.events, t.kind, w.name, t.key
        FROM (SELECT position, stream, version, events FROM slice WHERE position > $1 ORDER BY position LIMIT $2) s
        JOIN stream t ON t.id = s.stream JOIN workspace w ON w.id = t.workspace
        ORDER BY s.position
        """;

    internal async ValueTask<IReadOnlyList<RecordedEvent>> OfStream(StreamId stream, long after, CancellationToken cancel)
    {
        var slices = await reads.All(OfOne, row => StoredSlice.Of(row, stream), cancel, stream.Workspace, stream.Kind.ToString(), stream.Id, after);
        var events = await KeyReads.Open(reads, slices, cancel);
        events.RemoveRange(0, events.Count(recorded => recorded.Version <= after));
        return events;
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
        while (true)
        {
            var batch = await KeyReads.Open(reads, await Settled(after, cancel), cancel);
            batch.RemoveRange(0, batch.Count(recorded => recorded.Position <= after));
            if (batch.Count == 0) yield break;
            foreach (var recorded in batch)
            {
                cancel.ThrowIfCancellationRequested();
                yield return recorded;
            }
            after = batch[^1].Position;
        }
    }

    private ValueTask<List<StoredSlice>> Settled(long after, CancellationToken cancel) => reads.Run(
        batch =>
        {
            Reads.Add(batch, Taken);
            Reads.Add(batch, Unsettled);
            Reads.Add(batch, Following, after, BatchSlices);
        },
        async reader =>
        {
            await reader.ReadAsync(cancel);
            var settled = reader.GetInt64(0);
            await reader.NextResultAsync(cancel);
            if (await reader.ReadAsync(cancel) && !reader.IsDBNull(0)) settled = Math.Min(settled, reader.GetInt64(0));
            await reader.NextResultAsync(cancel);
            var slices = new List<StoredSlice>();
            while (await reader.ReadAsync(cancel) && reader.GetInt64(0) <= settled) slices.Add(StoredSlice.Of(reader, StreamOf(reader)));
            return slices;
        },
        cancel);

    private static StreamId StreamOf(NpgsqlDataReader row) =>
        new(Names<StreamKind>.Parse(row.GetFieldValue<byte[]>(3)), row.GetString(4), row.GetString(5));
}
