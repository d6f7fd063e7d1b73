using Npgsql;
using RoutingGrid.Journal.Archive;

namespace RoutingGrid.Journal.Postgres.Reading;

/// <summary>Which cases are in which files.</summary>
internal static class ArchiveReads
{
    private const string Pieces =
        """
        SELECT w.name, t.key, a.stream, a.after, a.version, a.first, a.position, a.closed, a.queue, f.folder, f.name, a.place, a.length
        FROM archived a JOIN archive_file f ON f.id = a.file JOIN stream t ON t.id = a.stream JOIN workspace w ON w.id = t.workspace
        """;

    /// <summary>What is in files of a stream's versions above one, in order. Takes workspace, kind, key and version.</summary>
    internal const string OfStream =
        $"""
        {Pieces} WHERE a.stream = (SELECT s.id FROM stream s JOIN workspace w ON w.id = s.workspace WHERE w.name = $1 AND s.kind = $2 AND s.key = $3) AND a.version > $4
        ORDER BY a.version
        """;

    /// <summary>All pieces of some streams, each stream's in order.</summary>
    internal const string OfStreams = $"{Pieces} WHERE a.stream = ANY($1::bigint[]) ORDER BY a.stream, a.version";

    /// <summary>Whether a stream has events in the tables. Takes workspace, kind and key.</summary>
    internal const string HasSlices =
        "SELECT EXISTS (SELECT FROM slice WHERE stream = (SELECT s.id FROM stream s JOIN workspace w ON w.id = s.workspace WHERE w.name = $1 AND s.kind = $2 AND s.key = $3))";

    /// <summary>The last position that is in a file; 0 where there is none.</summary>
    internal const string LastPosition = "SELECT coalesce(max(last), 0) FROM archive_file";

    internal const string LastFile = "SELECT coalesce(max(id), 0) FROM archive_file WHERE last IS NOT NULL";

    /// <summary>The cases of the first file above one.</summary>
    internal const string FileAfter =
        """
        SELECT a.file, w.name, t.key FROM archived a JOIN stream t ON t.id = a.stream JOIN workspace w ON w.id = t.workspace
        WHERE a.file = (SELECT min(file) FROM archived WHERE file > $1)
        """;

    /// <summary>Pieces that begin above a position, in the order in which they begin.</summary>
    internal const string From = $"{Pieces} WHERE a.first > $1 ORDER BY a.first LIMIT $2";

    /// <summary>Pieces in files above one that began at or before a position and go on beyond it.</summary>
    internal const string Across =
        $"{Pieces} WHERE a.file IN (SELECT id FROM archive_file WHERE id > $1 AND first <= $2 AND last > $2) AND a.first <= $2 AND a.position > $2";

    /// <summary>The last piece of each of a customer's cases that has no row, newest case first. Takes workspace, customer, the number to be below, and how many.</summary>
    internal const string OfCustomer =
        $"""
        {Pieces} WHERE a.customer = (SELECT s.id FROM stream s JOIN workspace w ON w.id = s.workspace WHERE w.name = $1 AND s.kind = 'Customer' AND s.key = $2) AND a.stream < $3
            AND NOT EXISTS (SELECT FROM case_row c WHERE c.workspace = t.workspace AND c.id = a.stream)
            AND a.version = (SELECT max(version) FROM archived WHERE stream = a.stream) AND ($5::text IS NULL OR a.queue = $5)
        ORDER BY a.stream DESC LIMIT $4
        """;

    internal static ArchivedPiece PieceOf(NpgsqlDataReader row) => new(
        new StreamId(StreamKind.Case, row.GetString(0), row.GetString(1)), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6),
        new DateTimeOffset(row.GetInt64(7), TimeSpan.Zero), row.GetString(8), new PiecePlace(row.GetString(9), row.GetString(10), row.GetInt64(11), row.GetInt32(12)));
}
