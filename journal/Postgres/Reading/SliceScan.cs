using System.Runtime.CompilerServices;
using System.Text.Json;
using Npgsql;
using RoutingGrid.Journal.Codec;
using RoutingGrid.Routing;

namespace RoutingGrid.Journal.Postgres.Reading;

/// <summary>Walks through all that is stored, and compares it with what was written.</summary>
internal sealed class SliceScan(Server server)
{
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
        var scratch = new List<DomainEvent>();
        long last = 0;
        await using var slices = await Read(AllSlices, cancel);
        for (var read = 1L; await slices.Rows.ReadAsync(cancel); read++)
        {
            var (position, stream, version, events) = (slices.Rows.GetInt64(0), slices.Rows.GetInt64(1), slices.Rows.GetInt64(2), slices.Rows.GetFieldValue<byte[]>(3));
            if (read % 10_000 == 0) progress?.Report(position);
            if (!slices.Rows.IsDBNull(4) && slices.Rows.GetInt64(4) != Checksum.Of(stream, version, events))
                yield return new Damage(position, "the events are not those that were written: their checksum is another.");
            if (Unreadable(events, scratch) is { } why)
            {
                yield return new Damage(position, why);
                (last, versions[stream]) = (position, version);
                continue;
            }
            if (position - scratch.Count < last) yield return new Damage(position, $"positions {position - scratch.Count + 1} to {last} are used twice.");
            var before = versions.GetValueOrDefault(stream);
            if (version - scratch.Count != before) yield return new Damage(position, $"a stream goes on from version {version - scratch.Count} and had {before}.");
            (last, versions[stream]) = (position, version);
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

    private static string? Unreadable(byte[] json, List<DomainEvent> into)
    {
        into.Clear();
        try
        {
            EventCodec.ReadMany(json, into);
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
