using RoutingGrid.Journal.Archive;
using RoutingGrid.Journal.Sqlite.Native;

namespace RoutingGrid.Journal.Sqlite.Reading;

/// <summary>An agent's slices: each says where the one before it is.</summary>
internal static class Chain
{
    /// <summary>Those after a version, in order. They are looked for from the last one back.</summary>
    /// <exception cref="JournalUnusableException">The chain is broken.</exception>
    internal static List<StoredSlice> Slices(Reader reader, long stream, long after = 0, long most = long.MaxValue)
    {
        var slices = new List<StoredSlice>();
        var find = reader["SELECT position, version, checksum, events, previous FROM slice WHERE position = ? AND stream = ?"];
        var at = Last(reader, stream);
        while (at > 0)
        {
            var (slice, previous) = At(find, stream, at);
            if (slice.Version <= after) break;
            // It, and what is before it, is from the time of the index.
            if (previous is not { } before) return Ordered(EventReads.Slices(reader, stream, after), slices, most);
            slices.Add(slice);
            at = before < at ? before : throw Broken(stream, at);
        }
        return Ordered([], slices, most);
    }

    private static List<StoredSlice> Ordered(List<StoredSlice> indexed, List<StoredSlice> backwards, long most)
    {
        for (var i = backwards.Count - 1; i >= 0; i--) indexed.Add(backwards[i]);
        if (indexed.Count > most) indexed.RemoveRange((int)most, indexed.Count - (int)most);
        return indexed;
    }

    private static long Last(Reader reader, long stream)
    {
        var last = reader["SELECT last FROM stream WHERE id = ?"];
        last.Bind(1, stream);
        return Reader.First(last, static row => row.Number(0));
    }

    private static (StoredSlice Slice, long? Previous) At(Statement find, long stream, long position)
    {
        find.Bind(1, position);
        find.Bind(2, stream);
        return Reader.First(find, static row => ((StoredSlice, long?)?)(SliceWindow.SliceOf(row, 0), row.IsNull(4) ? null : row.Number(4))) ?? throw Broken(stream, position);
    }

    private static JournalUnusableException Broken(long stream, long position) => new(
        $"The events of an agent (stream {stream}) are not all there: position {position} does not lead on. Run doctor, and restore the journal from a backup.");
}
