using RoutingGrid.Journal.Archive;
using RoutingGrid.Journal.Postgres.Reading;

namespace RoutingGrid.Journal.Postgres;

public sealed partial class PostgresJournal : IJournalArchive
{
    public IAsyncEnumerable<ArchivedBatch> Archive(ArchiveOrder order, CancellationToken cancel = default) => _archiver.Run(order, cancel);

    public IAsyncEnumerable<ArchivedCase> Due(ArchiveOrder order, CancellationToken cancel = default) => _archiver.Due(order, cancel);

    public ValueTask<long> LastFile(CancellationToken cancel = default) => _reads.First(ArchiveReads.LastFile, static row => row.GetInt64(0), cancel);

    public async ValueTask<CasesInFile?> FileAfter(long file, CancellationToken cancel = default)
    {
        var rows = await _reads.All(ArchiveReads.FileAfter, static row => (File: row.GetInt64(0), Case: new StreamId(StreamKind.Case, row.GetString(1), row.GetString(2))), cancel, file);
        return rows.Count == 0 ? null : new CasesInFile(rows[0].File, [.. rows.Select(row => row.Case)]);
    }

    private static long ChecksumOf(long stream, StoredSlice slice) => Checksum.Of(stream, slice.Version, slice.Events.Span);
}
