using Npgsql;
using RoutingGrid.Journal.Archive;
using RoutingGrid.Journal.Personal;
using RoutingGrid.Routing;

namespace RoutingGrid.Journal.Postgres.Reading;

/// <summary>Customers' keys, for who reads.</summary>
internal static class KeyReads
{
    internal const string ById = "SELECT id, key, pseudonym FROM personal_key WHERE id = ANY($1::bigint[])";

    /// <summary>The ids of the keys that some slices are sealed with, each once.</summary>
    internal static long[] In(IEnumerable<PlacedSlice> slices) => [.. slices.Select(placed => SealedEvents.KeyOf(placed.Slice.Events.Span)).OfType<long>().Distinct()];

    /// <summary>A row of <see cref="ById"/>.</summary>
    internal static void Add(NpgsqlDataReader row, ReadingKeys keys) =>
        keys.Add(row.GetInt64(0), row.IsDBNull(1) ? new StoredKey(null, row.GetString(2)) : new StoredKey(row.GetFieldValue<byte[]>(1), ""));

    /// <summary>The events of slices that were read together.</summary>
    internal static async ValueTask<List<RecordedEvent>> Open(Reads reads, List<PlacedSlice> slices, CancellationToken cancel)
    {
        var (keys, scratch, events) = (new ReadingKeys(), new List<DomainEvent>(), new List<RecordedEvent>());
        var ids = In(slices);
        if (ids.Length > 0)
            await reads.Run(batch => Reads.Add(batch, ById, ids), async rows =>
            {
                while (await rows.ReadAsync(cancel)) Add(rows, keys);
                return true;
            }, cancel);
        foreach (var placed in slices) placed.Slice.Unpack(placed.Stream, keys, scratch, events);
        return events;
    }
}
