namespace RoutingGrid.Journal.History.Search;

/// <summary>An index that a search asks, and what the search has learned of it so far. Either the index tells all that it has in a stretch, or each candidate is looked at: whichever is less.</summary>
internal sealed class AskedIndex(ISearchTables tables, IndexedFilter filter)
{
    // Of more, those that are left would hardly be fewer.
    private const int MostParts = 8;

    // Until it is known: all cases.
    private double _has = 1;
    private IndexedFilter? _rarest;

    /// <summary>Few cases are of one customer.</summary>
    internal bool IsOfCustomer => filter is IndexedFilter.Customer or IndexedFilter.CustomerNumber;

    /// <summary>How long it takes to tell what has several words depends on the one that it has least of.</summary>
    private IReadOnlyList<IndexedFilter> Parts => filter is IndexedFilter.Text { OnlyExcludes: false, Query: var query }
        ? [.. query.Required.Take(MostParts).Select(phrase => new IndexedFilter.Text(new TextQuery([phrase], [])))]
        : [filter];

    /// <summary>Learns from the newest block of a stretch.</summary>
    internal async ValueTask Weigh(Stretch stretch, CancellationToken cancel)
    {
        var least = 1.0;
        foreach (var part in Parts)
        {
            var block = new Candidates(stretch with { FirstBlock = stretch.FirstBlock + stretch.Blocks - 1, Blocks = 1 });
            block.Fill();
            if (await tables.Keep(part, block, each: false, cancel) is not { } has || Share(has, Block.Size) >= least) continue;
            (least, _rarest) = (Share(has, Block.Size), part);
        }
        _has = least;
    }

    internal async ValueTask Keep(Candidates candidates, CancellationToken cancel)
    {
        if (candidates.IsEmpty) return;
        if (filter is IndexedFilter.Text { Query: { HasPhrases: true } query }) await tables.Narrow(query, candidates, _has, cancel);
        // Where hardly any case has one of several, nothing is put together for the others.
        if (_rarest is { } rarest && Parts.Count > 1 && tables.IsRarestFirst(filter, candidates, _has)) await tables.Keep(rarest, candidates, each: false, cancel);
        if (candidates.IsEmpty) return;
        var span = tables.Span(candidates);
        var each = tables.IsEachCheaper(filter, candidates, _has);
        // What several words have in common tells nothing of how much each of them has, and a few cases tell nothing.
        if (await tables.Keep(filter, candidates, each, cancel) is { } has && Parts.Count == 1 && span >= Block.Size / 2) _has = Share(has, span);
    }

    // None among so many may be one among twice as many.
    private static double Share(int has, long of) => Math.Max(has, 0.5) / of;
}
