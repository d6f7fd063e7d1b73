using RoutingGrid.Journal;
using RoutingGrid.Journal.Memory;

namespace RoutingGrid.Api.Tests.Support;

/// <summary>A journal that has trouble when it is told to.</summary>
public sealed class TroubledJournal(MemoryJournal inner) : IJournal
{
    private Func<Append, ValueTask<AppendResult>>? _next;

    public IReadModels Read => inner.Read;

    public IDocuments Documents => inner.Documents;

    /// <summary>So many appends fail this way; the ones after them are written.</summary>
    public void Trouble(int times, Func<Append, ValueTask<AppendResult>> how)
    {
        _next = append =>
        {
            if (--times == 0) _next = null;
            return how(append);
        };
    }

    public ValueTask<AppendResult> Write(Append append) => inner.Append(append);

    public ValueTask<AppendResult> Append(Append append, CancellationToken cancel = default) => _next?.Invoke(append) ?? inner.Append(append, cancel);

    public ValueTask<IReadOnlyList<RecordedEvent>> ReadStream(StreamId stream, long after = 0, CancellationToken cancel = default) =>
        inner.ReadStream(stream, after, cancel);

    public IAsyncEnumerable<RecordedEvent> ReadAll(long after = 0, CancellationToken cancel = default) => inner.ReadAll(after, cancel);

    public ValueTask<JournalEnd> End(CancellationToken cancel = default) => inner.End(cancel);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
