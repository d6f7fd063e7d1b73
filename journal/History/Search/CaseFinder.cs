namespace RoutingGrid.Journal.History.Search;

/// <summary>Finds cases newest first. It goes back through a workspace in stretches, each larger than the one before: what many cases have is found in the first ones, what few have takes few
/// questions. No search needs all its matches, or an index for each pair of filters.</summary>
internal sealed class CaseFinder(ISearchTables tables)
{
    private const int Growth = 4;
    private const int LargestStretch = 64;

    /// <param name="before">The position of the first event of the case after which to go on.</param>
    internal async ValueTask<IReadOnlyList<FoundCase>> Find(string workspace, CaseSearch search, long before, int limit, CancellationToken cancel)
    {
        if (await SearchPlan.Of(tables, workspace, search, cancel) is not { } plan) return [];
        var end = before == long.MaxValue ? plan.End : Math.Min(plan.End, await tables.PlaceAt(plan.Workspace, before, cancel));
        var found = new List<FoundCase>();
        var blocks = 1;
        while (end > 0 && found.Count < limit)
        {
            cancel.ThrowIfCancellationRequested();
            var last = (end - 1) / Block.Size;
            var stretch = new Stretch(plan.Workspace, Math.Max(0, last - blocks + 1), (int)Math.Min(blocks, last + 1));
            // The newest block tells which index keeps least, and is asked first from then on: mostly nothing is left for the next.
            if (found.Count == 0 && blocks == Growth && plan.Indexed.Count > 1) plan = plan with { Indexed = await Sparsest(stretch, plan.Indexed, cancel) };
            var candidates = await In(stretch, plan, end, cancel);
            var places = candidates.Descending().Take(limit - found.Count).ToArray();
            if (places.Length > 0) found.AddRange(await tables.Cases(plan.Workspace, places, cancel));
            // Gone since the columns were read: the place is looked at once more from below it.
            end = places.Length > 0 && found.Count < limit && places.Length == limit - found.Count ? places[^1] : stretch.First;
            blocks = Math.Min(blocks * Growth, LargestStretch);
        }
        return found;
    }

    private async ValueTask<IReadOnlyList<IndexedFilter>> Sparsest(Stretch stretch, IReadOnlyList<IndexedFilter> filters, CancellationToken cancel)
    {
        var kept = new List<(IndexedFilter Filter, int Count)>(filters.Count);
        foreach (var filter in filters)
        {
            var block = new Candidates(stretch with { FirstBlock = stretch.FirstBlock + stretch.Blocks - 1, Blocks = 1 });
            for (var place = block.Stretch.First; place < block.Stretch.End; place++) block[place] = true;
            await tables.Keep(filter, block, cancel);
            kept.Add((filter, block.Count));
        }
        return [.. kept.OrderBy(one => one.Count).Select(one => one.Filter)];
    }

    private async ValueTask<Candidates> In(Stretch stretch, SearchPlan plan, long end, CancellationToken cancel)
    {
        var candidates = new Candidates(stretch);
        await Columns(candidates, plan, cancel);
        candidates.ClearFrom(end);
        foreach (var filter in plan.Indexed)
        {
            if (candidates.IsEmpty) break;
            await tables.Keep(filter, candidates, cancel);
        }
        return candidates;
    }

    private async ValueTask Columns(Candidates candidates, SearchPlan plan, CancellationToken cancel)
    {
        var stretch = candidates.Stretch;
        // A block that has no column has no case; one that has nobody's bits is held by nobody who was asked for.
        var seen = new bool[stretch.Blocks];
        var byField = plan.Columns.ToLookup(filter => filter.Field);
        await tables.Fields(stretch, [.. byField.Select(group => group.Key)], plan.HeldBy, Read, cancel);
        if (plan.HeldBy is null) return;
        for (var i = 0; i < seen.Length; i++)
            if (!seen[i]) candidates.Of(stretch.FirstBlock + i).Clear();

        void Read(long block, Field? field, ReadOnlySpan<byte> body)
        {
            var bits = candidates.Of(block);
            if (field is null)
            {
                seen[block - stretch.FirstBlock] = true;
                var held = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ulong>(body);
                for (var i = 0; i < bits.Length; i++) bits[i] &= held[i];
                return;
            }
            // The state comes first, and is what makes a candidate.
            if (field == Field.State) bits.Fill(ulong.MaxValue);
            foreach (var filter in byField[field.Value]) filter.Keep(body, bits);
        }
    }
}
