using System.Runtime.CompilerServices;
using System.Text.Json;
using Npgsql;
using RoutingGrid.Journal.Personal;
using RoutingGrid.Routing;

namespace RoutingGrid.Journal.Postgres.Reading;

/// <summary>Walks through all that is stored, and compares it with what was written.</summary>
internal sealed class SliceScan(Server server)
{
    private const int SlicesAtOnce = 1000;

    // One statement, and thus one state of the database.
    private const string AllSlices = "SELECT position, stream, version, events, checksum FROM slice ORDER BY position";

    private const string AllStreams =
        """
        SELECT t.kind, w.name, t.key, t.version, s.version
        FROM stream t LEFT JOIN workspace w ON w.id = t.workspace FULL JOIN (SELECT stream, max(version) AS version FROM slice GROUP BY stream) s ON s.stream = t.id
        WHERE coalesce(t.version, -1) <> coalesce(s.version, 0)
        """;

    private const string Positions = "SELECT max(position), (SELECT last_value FROM last_position) FROM slice";

    /// <summary>Checksums, places and texts, in the order of positions.</summary>
    internal async IAsyncEnumerable<Damage> Slices(IProgress<long>? progress, [EnumeratorCancellation] CancellationToken cancel)
    {
        var versions = new Dictionary<long, long>();
        long last = 0;
        await using var slices = await Read(AllSlices, cancel);
        for (var read = 0L; await Next(slices.Rows, cancel) is { Count: > 0 } batch;)
        {
            var keys = await KeysOf(batch, cancel);
            foreach (var slice in batch)
            {
                var scratch = new List<DomainEvent>();
                if (++read % 10_000 == 0) progress?.Report(slice.Position);
                if (slice.Checksum is { } checksum && checksum != Checksum.Of(slice.Stream, slice.Version, slice.Events))
                    yield return new Damage(slice.Position, "the events are not those that were written: their checksum is another.");
                if (Unreadable(slice.Events, keys, scratch) is { } why)
                {
                    yield return new Damage(slice.Position, why);
                    (last, versions[slice.Stream]) = (slice.Position, slice.Version);
                    continue;
                }
                if (slice.Position - scratch.Count < last) yield return new Damage(slice.Position, $"positions {slice.Position - scratch.Count + 1} to {last} are used twice.");
                var before = versions.GetValueOrDefault(slice.Stream);
                if (slice.Version - scratch.Count != before)
                    yield return new Damage(slice.Position, $"a stream goes on from version {slice.Version - scratch.Count} and had {before}.");
                (last, versions[slice.Stream]) = (slice.Position, slice.Version);
            }
        }
        progress?.Report(last);
    }

    /// <summary>Whether streams end where their rows say, and positions where the last one was taken: what is missing at an end leaves no gap.</summary>
    internal async IAsyncEnumerable<Damage> Streams([EnumeratorCancellation] CancellationToken cancel)
    {
        await using (var streams = await Read(AllStreams, cancel))
            while (await streams.Rows.ReadAsync(cancel))
                yield return streams.Rows.IsDBNull(0)
                    ? new Damage(null, "there are events of a stream that has no row.")
                    : new Damage(null, $"stream {Name(streams.Rows)} is at version {streams.Rows.GetInt64(3)}, and its events end at {(streams.Rows.IsDBNull(4) ? 0 : streams.Rows.GetInt64(4))}.");
        await using var positions = await Read(Positions, cancel);
        if (await positions.Rows.ReadAsync(cancel) && !positions.Rows.IsDBNull(0) && positions.Rows.GetInt64(0) > positions.Rows.GetInt64(1))
            yield return new Damage(positions.Rows.GetInt64(0), $"the last position that was taken is {positions.Rows.GetInt64(1)}: positions would be used twice.");
    }

    private static string Name(NpgsqlDataReader row) => $"{row.GetString(0)}/{(row.IsDBNull(1) ? "?" : row.GetString(1))}/{row.GetString(2)}";

    private static async Task<List<Slice>> Next(NpgsqlDataReader rows, CancellationToken cancel)
    {
        var batch = new List<Slice>();
        while (batch.Count < SlicesAtOnce && await rows.ReadAsync(cancel))
            batch.Add(new Slice(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetFieldValue<byte[]>(3), rows.IsDBNull(4) ? null : rows.GetInt64(4)));
        return batch;
    }

    // On a connection of its own: the other one is in the midst of its rows.
    private async Task<ReadingKeys> KeysOf(List<Slice> slices, CancellationToken cancel)
    {
        var keys = new ReadingKeys();
        await using var command = server.Plain.CreateCommand(KeyReads.ById);
        command.Parameters.Add(new NpgsqlParameter { Value = KeyReads.In(slices.Select(slice => slice.Events)) });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel)) KeyReads.Add(rows, keys);
        return keys;
    }

    private static string? Unreadable(byte[] json, ReadingKeys keys, List<DomainEvent> into)
    {
        into.Clear();
        try
        {
            if (SealedEvents.KeyOf(json) is { } key && keys[key] == StoredKey.Missing) return SealedEvents.KeyIsMissing(key);
            SealedEvents.Read(json, keys, into);
            return null;
        }
        catch (Exception error) when (error is JournalUnusableException or JsonException)
        {
            return error.Message;
        }
    }

    private async Task<Scan> Read(string sql, CancellationToken cancel)
    {
        var connection = await server.Plain.OpenConnectionAsync(cancel);
        try
        {
            // As long as it takes.
            var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            return new Scan(connection, command, await command.ExecuteReaderAsync(cancel));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private readonly record struct Slice(long Position, long Stream, long Version, byte[] Events, long? Checksum);

    private sealed record Scan(NpgsqlConnection Connection, NpgsqlCommand Command, NpgsqlDataReader Rows) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Command.DisposeAsync();
            // With its connection, which ends a statement that is not read to the end.
            await Connection.DisposeAsync();
        }
    }
}
