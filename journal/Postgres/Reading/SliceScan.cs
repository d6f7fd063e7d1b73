using System.Runtime.CompilerServices;
using Npgsql;
using RoutingGrid.Journal.Archive;
using RoutingGrid.Journal.Personal;

namespace RoutingGrid.Journal.Postgres.Reading;

/// <summary>Walks through all that is stored, in the tables and in files, and compares it with what was written.</summary>
internal sealed class SliceScan(Server server, ArchiveFiles files)
{
    private const int AtOnce = 10_000;

    // One state of the database.
    private const string Begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

    private const string NextSlices = "SELECT position, version, checksum, events, stream FROM slice WHERE position > $1 ORDER BY position LIMIT $2";

    private const string AllStreams =
        """
        SELECT t.kind, w.name, t.key, t.version, s.version
        FROM (
            SELECT t.id, t.workspace, t.kind, t.key, greatest(t.version, c.version, o.version) AS version, o.id IS NOT NULL AS open
            FROM stream t LEFT JOIN case_row c ON c.workspace = t.workspace AND c.id = t.id LEFT JOIN open_case o ON o.workspace = t.workspace AND o.id = t.id) t
        LEFT JOIN workspace w ON w.id = t.workspace
        FULL JOIN (SELECT stream, max(version) AS version FROM (SELECT stream, version FROM slice UNION ALL SELECT stream, version FROM archived) e GROUP BY stream) s
            ON s.stream = t.id
        WHERE coalesce(t.version, -1) > coalesce(s.version, 0) OR coalesce(t.version, -1) < coalesce(s.version, 0) AND t.open IS NOT TRUE
        """;

    private const string Positions =
        "SELECT greatest((SELECT max(position) FROM slice), (SELECT max(last) FROM archive_file)), (SELECT last_value FROM last_position)";

    /// <summary>Checksums, places and texts, in the order of positions; whether streams end where their rows say, and positions where the last one was
    /// taken: what is missing at an end leaves no gap.</summary>
    internal async IAsyncEnumerable<Damage> All(IProgress<long>? progress, [EnumeratorCancellation] CancellationToken cancel)
    {
        // As long as it takes. Closing it ends the transaction.
        await using var connection = await server.Plain.OpenConnectionAsync(cancel);
        await Read(connection, Begin, static _ => 0, cancel);
        await foreach (var damage in Slices(connection, progress, cancel)) yield return damage;
        foreach (var stream in await Read(connection, AllStreams, OfStream, cancel)) yield return stream;
        foreach (var (last, taken) in await Read(connection, Positions, row => (row.IsDBNull(0) ? 0 : row.GetInt64(0), row.GetInt64(1)), cancel))
            if (last > taken) yield return new Damage(last, $"the last position that was taken is {taken}: positions would be used twice.");
    }

    private async IAsyncEnumerable<Damage> Slices(NpgsqlConnection connection, IProgress<long>? progress, [EnumeratorCancellation] CancellationToken cancel)
    {
        var check = new SliceCheck(hasNoGaps: false, static (number, slice) => Checksum.Of(number, slice.Version, slice.Events.Span));
        var archived = new ArchivedHistory(piece => check.Read(piece, files, OfStream));
        for (var after = 0L; after < long.MaxValue;)
        {
            var found = await Read(connection, NextSlices, row => new PlacedSlice(row.GetInt64(4), default, EventReads.SliceOf(row)), cancel, after, AtOnce);
            var to = found.Count == AtOnce ? found[^1].Slice.Position : long.MaxValue;
            var next = await Read(connection, ArchiveReads.From, ArchiveReads.PieceOf, cancel, after, ArchivedHistory.AtOnce);
            archived.Add(next);
            if (next.Count == ArchivedHistory.AtOnce) to = Math.Min(to, next[^1].First);
            PlacedSlice[] window = [.. archived.Merge(found, after, to)];
            var keys = new ReadingKeys();
            await Read(connection, KeyReads.ById, row => { KeyReads.Add(row, keys); return 0; }, cancel, KeyReads.In(window));
            foreach (var placed in window)
                foreach (var damage in check.Next(placed, keys)) yield return damage;
            progress?.Report(check.Last);
            after = to;
        }
        foreach (var damage in check.Rest()) yield return damage;

        // Seldom: of a case that was written to after it was archived.
        IEnumerable<ArchivedPiece> OfStream(ArchivedPiece piece) =>
            ReadNow(connection, ArchiveReads.OfStreams, ArchiveReads.PieceOf, [piece.Number]);
    }

    private static Damage OfStream(NpgsqlDataReader row) => row.IsDBNull(0)
        ? new Damage(null, "there are events of a stream that has no row.")
        : new Damage(null, $"stream {Name(row)} is at version {row.GetInt64(3)}, and its events end at {(row.IsDBNull(4) ? 0 : row.GetInt64(4))}.");

    private static string Name(NpgsqlDataReader row) => $"{row.GetString(0)}/{(row.IsDBNull(1) ? "?" : row.GetString(1))}/{row.GetString(2)}";

    private static async Task<List<T>> Read<T>(NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancel, params object[] values)
    {
        await using var batch = new NpgsqlBatch(connection) { Timeout = 0 };
        Reads.Add(batch, sql, values);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel)) rows.Add(read(reader));
        return rows;
    }

    private static List<T> ReadNow<T>(NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, long[] numbers)
    {
        using var batch = new NpgsqlBatch(connection) { Timeout = 0 };
        Reads.Add(batch, sql, numbers);
        using var reader = batch.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }
}
