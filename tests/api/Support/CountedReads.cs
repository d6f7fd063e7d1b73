using RoutingGrid.Journal;
using RoutingGrid.Journal.History;
using RoutingGrid.Journal.History.Reports;
using RoutingGrid.Journal.History.Search;

namespace RoutingGrid.Api.Tests.Support;

/// <summary>A journal and its history as they are, which count what is read of them bit by bit.</summary>
internal sealed class CountedReads(IJournal journal) : IJournal, IHistory
{
    private readonly JournalHistory _history = JournalHistory.Of(journal, TimeProvider.System);
    private int _streams;
    private int _pages;

    /// <summary>Streams of cases that were read.</summary>
    public int Streams => Volatile.Read(ref _streams);

    /// <summary>Pages of searches that were read.</summary>
    public int Pages => Volatile.Read(ref _pages);

    public IReadModels Read => journal.Read;

    public IDocuments Documents => journal.Documents;

    public IReports Reports => _history.Reports;

    public ValueTask<AppendResult> Append(Append append, CancellationToken cancel = default) => journal.Append(append, cancel);

    public ValueTask<IReadOnlyList<RecordedEvent>> ReadStream(StreamId stream, long after = 0, CancellationToken cancel = default)
    {
        if (stream.Kind == StreamKind.Case) Interlocked.Increment(ref _streams);
        return journal.ReadStream(stream, after, cancel);
    }

    public IAsyncEnumerable<RecordedEvent> ReadAll(long after = 0, CancellationToken cancel = default) => journal.ReadAll(after, cancel);

    public ValueTask<JournalEnd> End(CancellationToken cancel = default) => journal.End(cancel);

    public ValueTask CatchUp(CancellationToken cancel = default) => _history.CatchUp(cancel);

    /// <summary>Follows to the end, for as long as that takes.</summary>
    public Task CatchUpPatiently(CancellationToken cancel) => _history.CatchUpPatiently(cancel);

    public ValueTask<Page<string>> Find(string workspace, CaseSearch search, string? cursor, int limit, CancellationToken cancel = default)
    {
        Interlocked.Increment(ref _pages);
        return _history.Find(workspace, search, cursor, limit, cancel);
    }

    public ValueTask Archived(CancellationToken cancel = default) => _history.Archived(cancel);

    public Task Follow(CancellationToken cancel) => _history.Follow(cancel);

    public async ValueTask DisposeAsync()
    {
        await _history.DisposeAsync();
        await journal.DisposeAsync();
    }
}
