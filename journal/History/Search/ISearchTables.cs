namespace RoutingGrid.Journal.History.Search;

/// <summary>A stretch of a workspace's cases: whole blocks of one <see cref="Group"/>.</summary>
internal readonly record struct Stretch(int Workspace, long FirstBlock, int Blocks)
{
    internal long First => FirstBlock * Block.Size;

    /// <summary>The place after its last one.</summary>
    internal long End => (FirstBlock + Blocks) * Block.Size;
}

/// <summary>What of a search needs an index of its own, since it is about few of many cases.</summary>
internal abstract record IndexedFilter
{
    private IndexedFilter() { }

    internal sealed record Customer(string Id) : IndexedFilter;

    internal sealed record CustomerNumber(string Number) : IndexedFilter;

    internal sealed record Text(TextQuery Query) : IndexedFilter
    {
        /// <summary>Only leaves out: the index meets what does not pass.</summary>
        internal bool OnlyExcludes => Query.Required.IsEmpty;
    }
}

/// <summary>The tables that searches read.</summary>
internal interface ISearchTables
{
    /// <summary>A workspace's number and how many cases it ever had; null where it has none.</summary>
    ValueTask<(int Number, long Cases)?> Workspace(string name, CancellationToken cancel);

    /// <summary>The numbers of names; 0 where one was never met.</summary>
    ValueTask<int[]> Codes(IReadOnlyList<(NameKind Kind, string Text)> names, CancellationToken cancel);

    /// <summary>The place after the last case whose first event lies before a position.</summary>
    ValueTask<long> PlaceAt(int workspace, long position, CancellationToken cancel);

    /// <summary>The places of cases by id, of those that are there.</summary>
    ValueTask<IReadOnlyDictionary<string, long>> Places(int workspace, IReadOnlyList<string> caseIds, CancellationToken cancel);

    /// <summary>How many cases of a workspace can be found.</summary>
    ValueTask<long> Count(int workspace, CancellationToken cancel);

    /// <summary>Columns of a stretch: what is given is called with each block that is there.</summary>
    ValueTask Fields(Stretch stretch, IReadOnlyList<Field> fields, int? heldBy, BlockReader read, CancellationToken cancel);

    /// <summary>The words of authors of a stretch that begin with a letter: what is given is called with each block that has any.</summary>
    ValueTask Authors(Stretch stretch, int letter, BlockReader read, CancellationToken cancel);

    /// <summary>Takes out of the candidates what does not pass.</summary>
    /// <param name="each">Looks at one candidate after the other, rather than at all that the index has (<see cref="Span"/>).</param>
    /// <returns>How many of all those cases the index has; null where it was not asked for them all.</returns>
    ValueTask<int?> Keep(IndexedFilter filter, Candidates candidates, bool each, CancellationToken cancel);

    /// <summary>Takes out candidates in which words do not stand as a text has them, where that is known for less than the index costs.</summary>
    /// <param name="has">The share of the cases that the index has, about.</param>
    ValueTask Narrow(TextQuery query, Candidates candidates, double has, CancellationToken cancel) => ValueTask.CompletedTask;

    /// <summary>Whether of several words of a text the one that the fewest cases have is better asked for by itself, before all.</summary>
    /// <param name="has">The share of the cases that have it, about.</param>
    bool IsRarestFirst(IndexedFilter filter, Candidates candidates, double has) => false;

    /// <summary>How many cases lie where an index is asked for all that it has.</summary>
    long Span(Candidates candidates);

    /// <summary>Whether looking at each candidate costs less than all that the index has of them.</summary>
    /// <param name="has">The share of the cases that the index has, about.</param>
    bool IsEachCheaper(IndexedFilter filter, Candidates candidates, double has);

    /// <summary>Ids of cases, and the positions of their first events, in the order asked for; without those that are gone.</summary>
    ValueTask<IReadOnlyList<FoundCase>> Cases(int workspace, IReadOnlyList<long> places, CancellationToken cancel);
}

/// <param name="field">Null: no column, but whom <c>heldBy</c> asked about, or words of authors.</param>
internal delegate void BlockReader(long block, Field? field, ReadOnlySpan<byte> body);

internal sealed record FoundCase(long Place, string CaseId, long Position);
