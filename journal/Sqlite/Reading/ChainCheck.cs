using RoutingGrid.Journal.Codec;
using RoutingGrid.Journal.Sqlite.Native;

namespace RoutingGrid.Journal.Sqlite.Reading;

/// <summary>Whether every slice of an agent is found from the one after it, and the last one from the stream.</summary>
internal static class ChainCheck
{
    // In one statement, so that it is one moment: the journal may be written to meanwhile. From the slices to their streams, in the order of positions.
    private const string All =
        """
        SELECT s.position, s.stream, s.previous, t.kind, t.last FROM slice s CROSS JOIN stream t ON t.id = s.stream
        WHERE t.kind = ? OR s.previous IS NOT NULL ORDER BY s.position
        """;

    internal static IEnumerable<Damage> Damages(Reader reader)
    {
        var ends = new Dictionary<long, (long Seen, long Said, bool IsLinked)>();
        var slices = reader[All];
        slices.BindUtf8(1, Names<StreamKind>.Utf8(StreamKind.Agent));
        try
        {
            while (slices.Step())
            {
                var (position, stream, isLinked) = (slices.Number(0), slices.Number(1), !slices.IsNull(2));
                if (Names<StreamKind>.Parse(slices.Bytes(3)) != StreamKind.Agent)
                {
                    yield return new Damage(position, $"it is in a chain, where only agents' events are, and not in the index: stream {stream} is read without it.");
                    continue;
                }
                var before = ends.GetValueOrDefault(stream);
                if (isLinked ? slices.Number(2) != before.Seen : before.IsLinked)
                    yield return new Damage(position, $"it does not lead to position {before.Seen}, where stream {stream} was before: an agent is read without what is there.");
                ends[stream] = (position, slices.Number(4), isLinked);
            }
        }
        finally
        {
            slices.Reset();
        }
        foreach (var (stream, end) in ends)
            if (end.Seen != end.Said) yield return new Damage(end.Seen, $"it is the end of stream {stream}, which is said to end at {end.Said}: an agent is read without it.");
    }
}
