using RoutingGrid.Journal.Archive;

namespace RoutingGrid.Journal.Postgres;

public sealed partial class PostgresJournal : IJournalArchive
{
    public IAsyncEnumerable<ArchivedBatch> Archive(ArchiveOrder order, CancellationToken cancel = default) => _archiver.Run(order, cancel);

    public IAsyncEnumerable<ArchivedCase> Due(ArchiveOrder order, CancellationToken cancel = default) => _archiver.Due(order, cancel);

    private static long ChecksumOf(long stream, StoredSlice slice) => Checksum.Of(stream, slice.Version, slice.Events.Span);
}
