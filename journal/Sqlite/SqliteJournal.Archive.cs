using RoutingGrid.Journal.Archive;
using RoutingGrid.Journal.Sqlite.Reading;

namespace RoutingGrid.Journal.Sqlite;

public sealed partial class SqliteJournal : IJournalArchive
{
    public IAsyncEnumerable<ArchivedBatch> Archive(ArchiveOrder order, CancellationToken cancel = default) => _archiver.Run(order, cancel);

    public IAsyncEnumerable<ArchivedCase> Due(ArchiveOrder order, CancellationToken cancel = default) => _archiver.Due(order, cancel);

    public ValueTask<long> LastFile(CancellationToken cancel = default) => _readers.Look(ArchiveReads.LastFile, cancel);

    public ValueTask<CasesInFile?> FileAfter(long file, CancellationToken cancel = default) => _readers.Look(reader => ArchiveReads.FileAfter(reader, file), cancel);

    private static long ChecksumOf(long stream, StoredSlice slice) => Checksum.Of(slice.Position, stream, slice.Version, slice.Events.Span);
}
