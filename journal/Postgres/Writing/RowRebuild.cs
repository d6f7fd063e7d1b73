using Npgsql;
using RoutingGrid.Journal.Archive;
using RoutingGrid.Journal.Codec;
using RoutingGrid.Journal.Personal;
using RoutingGrid.Journal.Postgres.Reading;
using RoutingGrid.Routing;

namespace RoutingGrid.Journal.Postgres.Writing;

/// <summary>Makes all rows again from the events, in one transaction, some hundreds of streams at a time.</summary>
internal sealed class RowRebuild(NpgsqlConnection connection, ArchiveFiles files)
{
    private const int StreamsAtOnce = 500;
    private const string Begin = "BEGIN ISOLATION LEVEL REPEATABLE READ";

    // Not TRUNCATE, which takes another right than the server's user needs otherwise.
    private static readonly string[] Clear = ["DELETE FROM deadline", "DELETE FROM offer_deadline", "DELETE FROM case_agent", "DELETE FROM open_case", "DELETE FROM case_row", "DELETE FROM agent_row"];

    private const string NextStreams =
        """
        SELECT t.id, t.workspace, t.kind, w.name, t.key FROM stream t JOIN workspace w ON w.id = t.workspace
        WHERE t.id > $1 AND t.kind IN ('Case', 'Agent') ORDER BY t.id LIMIT $2
        """;

    private const string Slices = "SELECT position, version, checksum, events, stream FROM slice WHERE stream = ANY($1::bigint[]) ORDER BY stream, version";

    private long _cases;
    private long _agents;
    private long _deadlines;

    /// <exception cref="OperationCanceledException">Nothing was changed.</exception>
    internal async Task<Rebuilt> Run(IProgress<long>? progress, CancellationToken cancel)
    {
        await Execute(Begin, cancel);
        foreach (var sql in Clear) await Execute(sql, cancel);
        for (var last = 0L; await Next(last, cancel) is { Count: > 0 } streams; last = streams[^1].Id)
        {
            await Write(streams, await EventsOf(streams, cancel), cancel);
            progress?.Report(_cases + _agents);
        }
        // Until here, closing the connection undoes everything.
        await Execute("COMMIT", CancellationToken.None);
        return new Rebuilt(_cases, _agents, _deadlines);
    }

    private async Task<List<StreamRow>> Next(long after, CancellationToken cancel)
    {
        await using var batch = Batch(NextStreams, after, StreamsAtOnce);
        await using var rows = await batch.ExecuteReaderAsync(cancel);
        var streams = new List<StreamRow>();
        while (await rows.ReadAsync(cancel))
            streams.Add(new StreamRow(rows.GetInt64(0), rows.GetInt32(1), new StreamId(Names<StreamKind>.Parse(rows.GetFieldValue<byte[]>(2)), rows.GetString(3), rows.GetString(4))));
        return streams;
    }

    private async Task<Dictionary<long, List<RecordedEvent>>> EventsOf(List<StreamRow> streams, CancellationToken cancel)
    {
        var names = streams.ToDictionary(stream => stream.Id, stream => stream.Name);
        var slices = await Read(Slices, row => new PlacedSlice(row.GetInt64(4), names[row.GetInt64(4)], EventReads.SliceOf(row)), cancel, streams.Map(stream => stream.Id));
        slices.InsertRange(0, await Archived(slices, cancel));
        var keys = new ReadingKeys();
        await Read(KeyReads.ById, row => { KeyReads.Add(row, keys); return 0; }, cancel, KeyReads.In(slices));
        var (events, scratch) = (streams.ToDictionary(stream => stream.Id, _ => new List<RecordedEvent>()), new List<DomainEvent>());
        foreach (var placed in slices) placed.Slice.Unpack(placed.Stream, keys, scratch, events[placed.Number]);
        return events;
    }

    /// <summary>What is in files of cases that were written to after they were archived. Those that are in files alone have no rows.</summary>
    private async Task<List<PlacedSlice>> Archived(List<PlacedSlice> slices, CancellationToken cancel)
    {
        long[] cases = [.. slices.Where(placed => placed.Stream.Kind == StreamKind.Case).Select(placed => placed.Number).Distinct()];
        var pieces = await Read(ArchiveReads.OfStreams, ArchiveReads.PieceOf, cancel, cases);
        return [.. pieces.SelectMany(piece => files.Read(piece).Select(slice => new PlacedSlice(piece.Number, piece.Stream, slice)))];
    }

    // As a group of appends that change rows and nothing else.
    private async Task Write(List<StreamRow> streams, Dictionary<long, List<RecordedEvent>> events, CancellationToken cancel)
    {
        var group = new List<PendingAppend>();
        foreach (var stream in streams)
        {
            var changes = StreamRows.Of(stream.Name, events[stream.Id]);
            if (events[stream.Id].Count == 0 || changes.IsEmpty) continue;
            group.Add(new PendingAppend(new Append([], changes, []), Sealing.None, null));
            if (stream.Name.Kind == StreamKind.Case) _cases++;
            else _agents++;
            _deadlines += changes.Count(change => change is ReadModelChange.PutDeadline);
        }
        if (group.Count == 0) return;
        Share(group);
        var plan = new GroupPlan(group);
        var known = streams.ToDictionary(stream => stream.Name);
        foreach (var stream in plan.Streams)
            (stream.Id, stream.Workspace, stream.Version) = (known[stream.Name].Id, known[stream.Name].Workspace, VersionIn(events.GetValueOrDefault(known[stream.Name].Id)));
        await using var batch = new NpgsqlBatch(connection) { Timeout = 0 };
        plan.Decide().AddTo(batch);
        await batch.ExecuteNonQueryAsync(cancel);
        group.ForEach(append => append.Complete());
    }

    private static void Share(List<PendingAppend> group)
    {
        var streams = new Dictionary<StreamId, GroupStream>();
        foreach (var append in group)
        {
            for (var i = 0; i < append.Subjects.Length; i++)
            {
                if (!streams.TryGetValue(append.Subjects[i], out var stream)) streams[append.Subjects[i]] = stream = new GroupStream(append.Subjects[i]);
                append.Streams[i] = stream;
            }
        }
    }

    private static long VersionIn(List<RecordedEvent>? events) => events is [.., var last] ? last.Version : 0;

    private async Task<List<T>> Read<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancel, long[] numbers)
    {
        await using var batch = Batch(sql, numbers);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel)) rows.Add(read(reader));
        return rows;
    }

    private NpgsqlBatch Batch(string sql, params ReadOnlySpan<object> values)
    {
        var batch = new NpgsqlBatch(connection) { Timeout = 0 };
        batch.Add(sql, values);
        return batch;
    }

    private async Task Execute(string sql, CancellationToken cancel)
    {
        await using var batch = Batch(sql);
        await batch.ExecuteNonQueryAsync(cancel);
    }

    private sealed record StreamRow(long Id, int Workspace, StreamId Name);
}
