using Npgsql;
using RoutingGrid.Journal.Archive;
using RoutingGrid.Journal.Codec;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Postgres.Reading;

/// <summary>Rows of cases as they are now: the body, and the events after it. One statement reads both, and so sees them in step.</summary>
internal sealed class CaseReads(Reads reads)
{
    /// <summary>The columns that a query must select first.</summary>
    internal const string Columns = "t.key, c.id, c.body, l.versions, l.events";

    /// <summary>What a query must join to its <c>c</c>. Only an open case's body stands still (<see cref="Writing.CaseWrites"/>).</summary>
    internal const string Later =
        """
        LEFT JOIN LATERAL (
            SELECT array_agg(s.version ORDER BY s.version) AS versions, array_agg(s.events ORDER BY s.version) AS events
            FROM slice s WHERE c.open AND s.stream = c.id AND s.version > c.body_version) l ON true
        """;

    internal async ValueTask<List<(long Id, CaseRow Row)>> All(string sql, string workspace, CancellationToken cancel, params object[] values)
    {
        var stored = await reads.All(sql, Stored.Of, cancel, values);
        var slices = new List<PlacedSlice>();
        foreach (var one in stored) one.AddLater(workspace, slices);
        var later = slices.Count == 0 ? null : (await KeyReads.Open(reads, slices, cancel)).ToLookup(recorded => recorded.Stream.Id, StringComparer.Ordinal);
        return stored.ConvertAll(one => (one.Id, CaseRow.Of(workspace, one.CaseId, one.State(later?[one.CaseId] ?? []))));
    }

    private sealed record Stored(string CaseId, long Id, byte[] Body, long[] Versions, byte[][] Events)
    {
        internal static Stored Of(NpgsqlDataReader row) => new(
            row.GetString(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2), row.IsDBNull(3) ? [] : row.GetFieldValue<long[]>(3), row.IsDBNull(4) ? [] : row.GetFieldValue<byte[][]>(4));

        internal void AddLater(string workspace, List<PlacedSlice> into)
        {
            for (var i = 0; i < Versions.Length; i++)
                into.Add(new PlacedSlice(Id, new StreamId(StreamKind.Case, workspace, CaseId), new StoredSlice(0, Versions[i], null, Events[i])));
        }

        internal CaseState State(IEnumerable<RecordedEvent> later)
        {
            var state = StateCodec.ReadRow<CaseState>(Body);
            foreach (var recorded in later)
                if (recorded.Version > state.Version) state = CaseFold.Evolve(state, recorded.Event);
            return state;
        }
    }
}
