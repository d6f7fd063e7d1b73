using RoutingGrid.Journal.Archive;
using RoutingGrid.Journal.Codec;
using RoutingGrid.Journal.Sqlite.Native;

namespace RoutingGrid.Journal.Sqlite.Reading;

/// <summary>Which cases are in which files.</summary>
internal static class ArchiveReads
{
    private const string Pieces =
        """
        SELECT w.name, t.key, a.stream, a.after, a.version, a.first, a.position, a.closed, a.queue, f.folder, f.name, a.offset, a.length
        FROM archived a JOIN archive_file f ON f.id = a.file JOIN stream t ON t.id = a.stream JOIN workspace w ON w.id = t.workspace
        """;

    /// <summary>What is in files of a stream's versions above one, in order.</summary>
    internal static List<ArchivedPiece> OfStream(Reader reader, long stream, long after)
    {
        var pieces = reader[$"{Pieces} WHERE a.stream = ? AND a.version > ? ORDER BY a.version"];
        pieces.Bind(1, stream);
        pieces.Bind(2, after);
        return Reader.All(pieces, PieceOf);
    }

    /// <summary>The last position that is in a file; 0 where there is none.</summary>
    internal static long LastPosition(Reader reader) => Reader.First(reader["SELECT coalesce(max(last), 0) FROM archive_file"], static row => row.Number(0));

    /// <summary>Pieces that begin above a position, in the order in which they begin.</summary>
    internal static List<ArchivedPiece> From(Reader reader, long after, int limit)
    {
        var pieces = reader[$"{Pieces} WHERE a.first > ? ORDER BY a.first LIMIT ?"];
        pieces.Bind(1, after);
        pieces.Bind(2, limit);
        return Reader.All(pieces, PieceOf);
    }

    /// <summary>Pieces in files above one that began at or before a position and go on beyond it.</summary>
    internal static List<ArchivedPiece> Across(Reader reader, long file, long position)
    {
        var pieces = reader[
            $"""
            {Pieces} WHERE a.file IN (SELECT id FROM archive_file WHERE id > ?1 AND first <= ?2 AND last > ?2) AND +a.first <= ?2 AND a.position > ?2
            """];
        pieces.Bind(1, file);
        pieces.Bind(2, position);
        return Reader.All(pieces, PieceOf);
    }

    internal static long LastFile(Reader reader) =>
        Reader.First(reader["SELECT coalesce(max(id), 0) FROM archive_file WHERE last IS NOT NULL"], static row => row.Number(0));

    /// <summary>The cases of the first file above one.</summary>
    internal static CasesInFile? FileAfter(Reader reader, long file)
    {
        var cases = reader[
            """
            SELECT a.file, w.name, t.key FROM archived a JOIN stream t ON t.id = a.stream JOIN workspace w ON w.id = t.workspace
            WHERE a.file = (SELECT min(file) FROM archived WHERE file > ?)
            """];
        cases.Bind(1, file);
        var rows = Reader.All(cases, static row => (File: row.Number(0), Case: new StreamId(StreamKind.Case, row.Text(1), row.Text(2))));
        return rows.Count == 0 ? null : new CasesInFile(rows[0].File, [.. rows.Select(row => row.Case)]);
    }

    /// <summary>The last piece of each of a customer's cases that has no row, newest case first.</summary>
    internal static List<ArchivedPiece> OfCustomer(Reader reader, long customer, string? queue, long before, int limit)
    {
        var pieces = reader[
            $"""
            {Pieces}
            WHERE a.customer = ?1 AND a.stream < ?2 {(queue is null ? "" : "AND a.queue = ?4")} AND NOT EXISTS (SELECT 1 FROM case_row WHERE id = a.stream)
                AND a.version = (SELECT max(version) FROM archived WHERE stream = a.stream)
            ORDER BY a.stream DESC LIMIT ?3
            """];
        pieces.Bind(1, customer);
        pieces.Bind(2, before);
        pieces.Bind(3, limit);
        if (queue is not null) pieces.Bind(4, queue);
        return Reader.All(pieces, PieceOf);
    }

    private static ArchivedPiece PieceOf(Statement row) => new(
        new StreamId(StreamKind.Case, row.Text(0), row.Text(1)), row.Number(2), row.Number(3), row.Number(4), row.Number(5), row.Number(6),
        new DateTimeOffset(row.Number(7), TimeSpan.Zero), row.Text(8), new PiecePlace(row.Text(9), row.Text(10), row.Number(11), (int)row.Number(12)));
}
