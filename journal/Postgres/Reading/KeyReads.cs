using Npgsql;
using RoutingGrid.Journal.Personal;
using RoutingGrid.Routing;

namespace RoutingGrid.Journal.Postgres.Reading;

/// <summary>A slice as it is stored: it is opened when the keys of all that were read with it are there.</summary>
internal readonly record struct StoredSlice(long Position, long Version, byte[] Events, StreamId Stream)
{
    /// <param name="row">Begins with position, version and events.</param>
    internal static StoredSlice Of(NpgsqlDataReader row, StreamId stream) => new(row.GetInt64(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2), stream);

    // It is kept under the position and version of its last event.
    internal void Unpack(ReadingKeys keys, List<DomainEvent> scratch, List<RecordedEvent> into)
    {
        scratch.Clear();
        SealedEvents.Read(Events, keys, scratch);
        for (var i = 0; i < scratch.Count; i++)
        {
            var fromEnd = scratch.Count - 1 - i;
            into.Add(new RecordedEvent(Position - fromEnd, Stream, Version - fromEnd, scratch[i]));
        }
    }
}

/// <summary>Customers' keys, for who reads.</summary>
internal static class KeyReads
{
    internal const string ById = "SELECT id, key, pseudonym FROM personal_key WHERE id = ANY($1::bigint[])";

    /// <summary>The ids of the keys that some slices are sealed with, each once.</summary>
    internal static long[] In(IEnumerable<byte[]> slices) => [.. slices.Select(events => SealedEvents.KeyOf(events)).OfType<long>().Distinct()];

    /// <summary>A row of <see cref="ById"/>.</summary>
    internal static void Add(NpgsqlDataReader row, ReadingKeys keys) =>
        keys.Add(row.GetInt64(0), row.IsDBNull(1) ? new StoredKey(null, row.GetString(2)) : new StoredKey(row.GetFieldValue<byte[]>(1), ""));

    /// <summary>The events of slices that were read together.</summary>
    internal static async ValueTask<List<RecordedEvent>> Open(Reads reads, List<StoredSlice> slices, CancellationToken cancel)
    {
        var (keys, scratch, events) = (new ReadingKeys(), new List<DomainEvent>(), new List<RecordedEvent>());
        var ids = In(slices.Select(slice => slice.Events));
        if (ids.Length > 0)
            await reads.Run(batch => Reads.Add(batch, ById, ids), async rows =>
            {
                while (await rows.ReadAsync(cancel)) Add(rows, keys);
                return true;
            }, cancel);
        foreach (var slice in slices) slice.Unpack(keys, scratch, events);
        return events;
    }
}
