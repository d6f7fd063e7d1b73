namespace RoutingGrid.Journal.History.Search;

/// <summary>Finds cases newest first. It goes back through a workspace in stretches, each larger than the one before: what many cases have is found in the first ones, what few have takes few
/// questions. No search needs all its matches, or an index for each pair of filters.</summary>
internal sealed class CaseFinder(ISearchTables tables)
{
    private const int Growth = 4;

    /// <param name="before">The position of the first event of the case after which to go on.</param>
    internal async ValueTask<IReadOnlyList<FoundCase>> Find(string workspace, CaseSearch search, long before, int limit, CancellationToken cancel)
    {
        if (await SearchPlan.Of(tables, workspace, search, cancel) is not { } plan) return [];
        var end = before == long.MaxValue ? plan.End : Math.Min(plan.End, await tables.PlaceAt(plan.Workspace, before, cancel));
        var indexes = plan.Indexed.Select(filter => new AskedIndex(tables, filter)).ToArray();
        var found = new List<FoundCase>();
        for (var blocks = 1; end > 0 && found.Count < limit; blocks = Math.Min(blocks * Growth, Group.Blocks))
        {
            cancel.ThrowIfCancellationRequested();
            var stretch = Before(plan.Workspace, end, blocks);
            // Not for the first: mostly it has a page.
            if (blocks == Growth)
                foreach (var index in indexes) await index.Weigh(stretch, cancel);
            var candidates = await In(stretch, plan, indexes, end, cancel);
            var places = candidates.Descending().Take(limit - found.Count).ToArray();
            if (places.Length > 0) found.AddRange(await tables.Cases(plan.Workspace, places, cancel));
            // Gone since the columns were read: the place is looked at once more from below it.
            end = places.Length > 0 && found.Count < limit && places.Length == limit - found.Count ? places[^1] : stretch.First;
        }
        return found;
    }

    /// <summary>So many blocks up to a place, or those of its group.</summary>
    private static Stretch Before(int workspace, long end, int blocks)
    {
        var last = (end - 1) / Block.Size;
        var first = Math.Max(last - blocks + 1, last / Group.Blocks * Group.Blocks);
        return new Stretch(workspace, first, (int)(last - first + 1));
    }

    private async ValueTask<Candidates> In(Stretch stretch, SearchPlan plan, AskedIndex[] indexes, long end, CancellationToken cancel)
    {
        var candidates = new Candidates(stretch);
        await Columns(candidates, plan, cancel);
        candidates.ClearFrom(end);
        // What keeps least is asked first: of a customer are few cases, and mostly nothing is left for the next.
        foreach (var index in indexes.Where(index => index.IsOfCustomer)) await index.Keep(candidates, cancel);
        foreach (var beginning in plan.Authors) await Authors(candidates, beginning, cancel);
        foreach (var index in indexes.Where(index => !index.IsOfCustomer)) await index.Keep(candidates, cancel);
        return candidates;
    }

    private async ValueTask Columns(Candidates candidates, SearchPlan plan, CancellationToken cancel)
    {
        var stretch = candidates.Stretch;
        // A block that has no column has no case; one that has nobody's bits is held by nobody who was asked for.
        var seen = new bool[stretch.Blocks];
        var byField = plan.Columns.ToLookup(filter => filter.Field);
        await tables.Fields(stretch, [.. byField.Select(group => group.Key)], plan.HeldBy, Read, cancel);
        if (plan.HeldBy is not null) ClearUnseen(candidates, seen);

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

    private async ValueTask Authors(Candidates candidates, string beginning, CancellationToken cancel)
    {
        if (candidates.IsEmpty) return;
        var bytes = System.Text.Encoding.UTF8.GetBytes(beginning);
        var seen = new bool[candidates.Stretch.Blocks];
        var (first, last) = candidates.Range();
        var part = candidates.Stretch with { FirstBlock = first / Block.Size, Blocks = (int)((last / Block.Size) - (first / Block.Size)) + 1 };
        await tables.Authors(part, AuthorBlock.LetterOf(beginning), Read, cancel);
        ClearUnseen(candidates, seen);

        void Read(long block, Field? _, ReadOnlySpan<byte> body)
        {
            var bits = candidates.Of(block);
            seen[block - candidates.Stretch.FirstBlock] = true;
            if (bits.IndexOfAnyExcept(0ul) < 0) return;
            Span<ulong> found = stackalloc ulong[bits.Length];
            found.Clear();
            AuthorWords.Find(body, bytes, found);
            for (var i = 0; i < bits.Length; i++) bits[i] &= found[i];
        }
    }

    private static void ClearUnseen(Candidates candidates, bool[] seen)
    {
        for (var i = 0; i < seen.Length; i++)
            if (!seen[i]) candidates.Of(candidates.Stretch.FirstBlock + i).Clear();
    }
}
