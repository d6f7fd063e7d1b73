using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.History.Search;

/// <summary>A search as it is carried out: columns first, which cost least, then the words of authors, then indexes.</summary>
/// <param name="Authors">Beginnings of words.</param>
internal sealed record SearchPlan(int Workspace, long End, IReadOnlyList<ColumnFilter> Columns, int? HeldBy, IReadOnlyList<string> Authors, IReadOnlyList<IndexedFilter> Indexed)
{
    private static readonly int[] States = [.. from status in Enum.GetValues<CaseStatus>() from shown in Enum.GetValues<ShownStatus>() select ((int)status * 8) + (int)shown];

    /// <summary>Null: nothing can pass.</summary>
    internal static async ValueTask<SearchPlan?> Of(ISearchTables tables, string workspace, CaseSearch search, CancellationToken cancel)
    {
        if (await tables.Workspace(workspace, cancel) is not var (number, cases)) return null;
        List<(NameKind Kind, string Text, Field? Field)> names = [];
        if (search.Agent is { } agent) names.Add((NameKind.Agent, agent, null));
        if (search.LastHolder is { } holder) names.Add((NameKind.Agent, holder, Field.LastHolder));
        if (search.Channel is { } channel) names.Add((NameKind.Channel, channel, Field.Channel));
        if (search.Account is { } account) names.Add((NameKind.Account, account, Field.Account));
        if (search.Queue is { } queue) names.Add((NameKind.Queue, queue, Field.Queue));
        if (search.Reason is { } reason) names.Add((NameKind.Reason, reason, Field.Reason));
        var codes = names.Count == 0 ? [] : await tables.Codes([.. names.Select(name => (name.Kind, name.Text))], cancel);
        if (codes.Contains(0)) return null;

        // Always there: a place whose case is gone has no state.
        var columns = new List<ColumnFilter> { ColumnFilter.In(Field.State, States.Where(state => Passes(search, state))) };
        int? heldBy = null;
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i].Field is { } field) columns.Add(ColumnFilter.Is(field, codes[i]));
            else heldBy = codes[i];
        }
        if (search.Rating is { } rating) columns.Add(ColumnFilter.Is(Field.Rating, Block.Rating(rating)));
        if (search.From is not null || search.To is not null) columns.Add(ColumnFilter.Between(Field.Created, search.From, search.To));
        if (search.ClosedFrom is not null || search.ClosedTo is not null) columns.Add(ColumnFilter.Between(Field.Closed, search.ClosedFrom, search.ClosedTo));
        return new SearchPlan(number, cases, columns, heldBy, [.. Words.In(search.User ?? "").Distinct().Take(TextQuery.MostPhrases)], [.. Indexes(search)]);
    }

    private static IEnumerable<IndexedFilter> Indexes(CaseSearch search)
    {
        if (search.Customer is { } customer) yield return new IndexedFilter.Customer(customer);
        if (search.CustomerNumber is { } number) yield return new IndexedFilter.CustomerNumber(number);
        if (search.Text is { } text && TextQuery.Parse(text) is { IsEmpty: false } query) yield return new IndexedFilter.Text(query);
    }

    private static bool Passes(CaseSearch search, int state)
    {
        var (status, shown) = ((CaseStatus)(state / 8), (ShownStatus)(state % 8));
        return status != CaseStatus.None && (search.Status is null || search.Status == status) && (search.Shown is null || search.Shown == shown);
    }
}
