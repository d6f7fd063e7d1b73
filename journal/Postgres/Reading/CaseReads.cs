using Npgsql;
using RoutingGrid.Journal.Archive;
using RoutingGrid.Journal.Codec;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Postgres.Reading;

/// <summary>Rows of cases as they are now: the body, and the events after it. One statement reads both, and so sees them in step.</summary>
internal sealed class CaseReads(Reads reads)
{
    /// <summary>The columns that a query must select. A case has as many rows as there are slices after its body, and at least one.</summary>
    internal const string Columns = "t.key, c.id, c.body, l.version, l.events";

    /// <summary>What a query must join to its <c>c</c>: the name, and what came after the body. Only an open case's body stands still, and not for long
    /// (<see cref="Writing.CaseWrites"/>). The offsets leave the planner nothing but to look at each case by itself.</summary>
    internal const string Rest =
        """
        CROSS JOIN LATERAL (SELECT key FROM stream WHERE id = c.id OFFSET 0) t
        LEFT JOIN LATERAL (
            SELECT s.version, s.events FROM slice s WHERE c.open AND s.stream = c.id AND s.version > c.body_version ORDER BY s.version OFFSET 0) l ON true
        """;

    /// <returns>In the order in which the query first has them.</returns>
    internal async ValueTask<List<(long Id, CaseRow Row)>> All(string sql, string workspace, CancellationToken cancel, params object[] values)
    {
        var (stored, byId, slices) = (new List<Stored>(), new Dictionary<long, Stored>(), new List<PlacedSlice>());
        await reads.All(sql, row => Read(row, workspace, stored, byId, slices), cancel, values);
        if (slices.Count > 0)
        {
            slices.Sort(static (a, b) => a.Slice.Version.CompareTo(b.Slice.Version));
            var byName = stored.ToDictionary(one => one.CaseId, StringComparer.Ordinal);
            foreach (var recorded in await KeyReads.Open(reads, slices, cancel)) byName[recorded.Stream.Id].Add(recorded);
        }
        return stored.ConvertAll(one => (one.Id, CaseRow.Of(workspace, one.CaseId, one.State)));
    }

    private static bool Read(NpgsqlDataReader row, string workspace, List<Stored> stored, Dictionary<long, Stored> byId, List<PlacedSlice> slices)
    {
        var id = row.GetInt64(1);
        if (!byId.TryGetValue(id, out var found))
        {
            byId[id] = found = new Stored(id, row.GetString(0), StateCodec.ReadRow<CaseState>(row.GetFieldValue<byte[]>(2)));
            stored.Add(found);
        }
        if (row.IsDBNull(3)) return false;
        slices.Add(new PlacedSlice(id, new StreamId(StreamKind.Case, workspace, found.CaseId), new StoredSlice(0, row.GetInt64(3), null, row.GetFieldValue<byte[]>(4))));
        return true;
    }

    private sealed class Stored(long id, string caseId, CaseState state)
    {
        internal long Id => id;

        internal string CaseId => caseId;

        internal CaseState State { get; private set; } = state;

        internal void Add(RecordedEvent recorded)
        {
            if (recorded.Version > State.Version) State = CaseFold.Evolve(State, recorded.Event);
        }
    }
}
