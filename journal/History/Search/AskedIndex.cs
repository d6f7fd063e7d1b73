namespace RoutingGrid.Journal.History.Search;

/// <summary>An index that a search asks, and what the search has learned of it so far. Either the index tells all that it has in a stretch, or each candidate is looked at: whichever is less.</summary>
internal sealed class AskedIndex(ISearchTables tables, IndexedFilter filter)
{
    // Of more, those that are left would hardly be fewer.
    private const int MostParts = 8;

    // Until it is known: it has all cases, and keeps some.
    private double _has = 1;

    /// <summary>Which share of the cases it keeps, about.</summary>
    internal double Keeps { get; private set; } = 0.5;

    private bool OnlyExcludes => filter is IndexedFilter.Text { OnlyExcludes: true };

    /// <summary>What must be in a text is told by what it has least of; then it is one question.</summary>
    private IReadOnlyList<IndexedFilter> Parts => filter is IndexedFilter.Text { Query: { Required.Length: > 1 } query }
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
            if (await tables.Keep(part, block, each: false, cancel) is { } has) least = Math.Min(least, Share(has, Block.Size));
        }
        Learn(least);
    }

    internal async ValueTask Keep(Candidates candidates, CancellationToken cancel)
    {
        var (first, last) = candidates.Range();
        var between = last - first + 1;
        var each = (double)candidates.Count * tables.CostOfEach < between * _has;
        // What several words have in common tells nothing of how much each of them has.
        if (await tables.Keep(filter, candidates, each, cancel) is { } has && Parts.Count == 1) Learn(Share(has, between));
    }

    private void Learn(double has)
    {
        _has = has;
        Keeps = OnlyExcludes ? 1 - has : has;
    }

    // None among so many may be one among twice as many.
    private static double Share(int has, long of) => Math.Max(has, 0.5) / of;
}
