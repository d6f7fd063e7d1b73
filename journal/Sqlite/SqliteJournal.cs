using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RoutingGrid.Journal.Archive;
using RoutingGrid.Journal.Personal;
using RoutingGrid.Journal.Sqlite.Archive;
using RoutingGrid.Journal.Sqlite.Reading;
using RoutingGrid.Journal.Sqlite.Writing;

namespace RoutingGrid.Journal.Sqlite;

/// <summary>A journal in one SQLite file with a write-ahead log: one writer, whose commits everybody shares, and readers beside
/// it.</summary>
public sealed partial class SqliteJournal : IJournal
{
    private readonly Writer _writer;
    private readonly Readers _readers;
    private readonly EventReads _events;
    private readonly CustomerKeys _keys;
    private readonly ArchiveFiles _files;
    private readonly Archiver _archiver;
    private readonly FileStream _lock;
    private readonly string _path;
    private int _disposed;

    private SqliteJournal(Writer writer, FileStream fileLock, SqliteJournalOptions options)
    {
        _writer = writer;
        _lock = fileLock;
        _path = options.Path;
        _readers = new Readers(options.Path, options.Readers, options.Scheduler);
        _keys = new CustomerKeys(options.RememberedKeys);
        _files = new ArchiveFiles(options.ArchiveRoot ?? System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(options.Path))!, options.ArchiveFolder, ChecksumOf);
        _archiver = new Archiver(() => new SqliteArchiveTables(_readers, writer), _files, ChecksumOf);
        _events = new EventReads(_readers, _files);
        Read = new SqliteReadModels(_readers, _events);
        Documents = new SqliteDocuments(_readers, writer);
    }

    public IReadModels Read { get; }

    public IDocuments Documents { get; }

    /// <summary>What was committed since the journal was opened.</summary>
    public SqliteJournalStatistics Statistics => _writer.Statistics;

    /// <summary>Where its history is.</summary>
    internal string HistoryPath => _path + ".history";

    /// <summary>Opens the file, which is made or brought up to date if need be.</summary>
    /// <exception cref="JournalUnusableException">Another process has it, or it is damaged, of something else, or of a newer
    /// version.</exception>
    public static async Task<SqliteJournal> Open(SqliteJournalOptions options, TimeProvider time, ILogger? logger = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(options.Path);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.QueueLimit, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.GroupLimit, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Readers, 1);
        var fileLock = FileLock.Take(options.Path);
        try
        {
            var writer = new Writer(options, time, logger ?? NullLogger.Instance);
            await writer.Opened;
            return new SqliteJournal(writer, fileLock, options);
        }
        catch
        {
            await fileLock.DisposeAsync();
            throw;
        }
    }

    public ValueTask<AppendResult> Append(Append append, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        AppendRules.Check(append);
        var item = new AppendItem(append, _keys.For(append), _keys);
        if (_writer.TryAdd(item) is { } retryAfter) item.Refuse(retryAfter, _writer.FullQueue);
        return new ValueTask<AppendResult>(item.Done.WaitAsync(cancel));
    }

    public ValueTask<IReadOnlyList<RecordedEvent>> ReadStream(StreamId stream, long after = 0, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        return _events.OfStream(stream, after, long.MaxValue, cancel);
    }

    public ValueTask<IReadOnlyList<RecordedEvent>> ReadBeginning(StreamId stream, int enough, CancellationToken cancel = default) =>
        _events.OfStream(stream, 0, enough, cancel);

    /// <inheritdoc/>
    /// <remarks>It does not look into files: those of cases that are archived are beside others of about the same time.</remarks>
    public ValueTask<RecordedEvent?> Near(long after, CancellationToken cancel = default) => _events.Near(after, cancel);

    public IAsyncEnumerable<RecordedEvent> ReadAll(long after = 0, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        return _events.All(after, cancel);
    }

    public ValueTask<JournalEnd> End(CancellationToken cancel = default) => _events.End(cancel);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        // Readers first: one that still reads would keep the write-ahead log from being emptied.
        _readers.Dispose();
        await _writer.Close();
        _files.Dispose();
        await _lock.DisposeAsync();
    }
}
