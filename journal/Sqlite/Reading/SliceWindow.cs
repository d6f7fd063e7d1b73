using RoutingGrid.Journal.Archive;
using RoutingGrid.Journal.Codec;
using RoutingGrid.Journal.Sqlite.Native;

namespace RoutingGrid.Journal.Sqlite.Reading;

/// <summary>The next slices in the order of positions, from the tables and from files.</summary>
internal static class SliceWindow
{
    private const int FromTables = 1000;

    /// <returns>The slices, and up to which position they are all there are.</returns>
    internal static (IEnumerable<PlacedSlice> Slices, long To) After(Reader reader, long after, ArchivedHistory archived)
    {
        // What is moved while this reads is seen here or there, or in both: so the tables first.
        var found = InTables(reader, after, FromTables);
        var to = found.Count == FromTables ? found[^1].Slice.Position : long.MaxValue;
        if (ArchiveReads.LastPosition(reader) > after) to = Math.Min(to, Load(reader, after, archived));
        return (archived.Merge(found, after, to), to);
    }

    internal static List<PlacedSlice> InTables(Reader reader, long after, int most)
    {
        // Without its stream, a slice is still a slice: who looks for damage must see it.
        var slices = reader[
            """
            SELECT s.position, s.version, s.checksum, s.events, s.stream, t.kind, w.name, t.key
            FROM slice s LEFT JOIN stream t ON t.id = s.stream LEFT JOIN workspace w ON w.id = t.workspace
            WHERE s.position > ? ORDER BY s.position LIMIT ?
            """];
        slices.Bind(1, after);
        slices.Bind(2, most);
        return Reader.All(slices, static row => new PlacedSlice(row.Number(4), StreamOf(row), SliceOf(row, 0)));
    }

    /// <summary>A slice from four columns: position, version, checksum, events.</summary>
    internal static StoredSlice SliceOf(Statement row, int column) =>
        new(row.Number(column), row.Number(column + 1), row.IsNull(column + 2) ? null : row.Number(column + 2), row.Bytes(column + 3).ToArray());

    /// <summary>Takes in the next pieces, and says up to where they are all there are.</summary>
    private static long Load(Reader reader, long after, ArchivedHistory archived)
    {
        // First, so that a file that comes while this reads is asked for again.
        var file = ArchiveReads.LastFile(reader);
        if (after > 0 && file > archived.SeenFile) archived.Add(ArchiveReads.Across(reader, archived.SeenFile, after));
        var next = ArchiveReads.From(reader, after, ArchivedHistory.AtOnce);
        archived.Add(next);
        archived.SeenFile = file;
        return next.Count == ArchivedHistory.AtOnce ? next[^1].First : long.MaxValue;
    }

    private static StreamId StreamOf(Statement row) =>
        row.IsNull(5) || row.IsNull(6) ? default : new(Names<StreamKind>.Parse(row.Bytes(5)), row.Text(6), row.Text(7));
}
