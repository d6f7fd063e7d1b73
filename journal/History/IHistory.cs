using RoutingGrid.Journal.History.Reports;
using RoutingGrid.Journal.History.Search;

namespace RoutingGrid.Journal.History;

/// <summary>What is looked for rather than known: a projection that follows the journal, in tables of its own, and can be built anew from it at any time.</summary>
/// <remarks>Who was told that something is durable finds it here: every query first follows up to the journal's end as of its start.</remarks>
public interface IHistory : IAsyncDisposable
{
    /// <summary>Follows up to the journal's end as of now.</summary>
    /// <exception cref="HistoryBehindException">It takes longer than a query should wait, as while the history is built anew.</exception>
    ValueTask CatchUp(CancellationToken cancel = default);

    /// <summary>Statistics of queues and agents.</summary>
    IReports Reports { get; }

    /// <summary>Ids of cases, newest first, in pages that stay stable while cases arrive.</summary>
    /// <exception cref="ArgumentException">The cursor is not one that came with a page.</exception>
    /// <exception cref="HistoryBehindException">As for <see cref="CatchUp"/>.</exception>
    ValueTask<Page<string>> Find(string workspace, CaseSearch search, string? cursor, int limit, CancellationToken cancel = default);

    /// <summary>Takes cases out of searches that went to an archive since this was last done. What was counted of them stays.</summary>
    /// <remarks>Called by who archives, after each file. Where that one dies before, it is done when the history is next used.</remarks>
    ValueTask Archived(CancellationToken cancel = default);

    /// <summary>Follows until it is cancelled. A server runs it in the background, so that queries have little to catch up with.</summary>
    Task Follow(CancellationToken cancel);
}

/// <summary>The history has not come as far as the question needs.</summary>
/// <param name="behind">Events that it has still to follow, about.</param>
public sealed class HistoryBehindException(long behind, TimeSpan retryAfter)
    : Exception($"The history has {behind:N0} events still to follow. Ask again in a while.")
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}
