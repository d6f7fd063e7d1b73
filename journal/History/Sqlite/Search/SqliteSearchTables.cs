using System.Text;
using RoutingGrid.Journal.History.Search;
using RoutingGrid.Journal.Sqlite.Native;
using RoutingGrid.Journal.Sqlite.Reading;

namespace RoutingGrid.Journal.History.Sqlite.Search;

/// <summary>What searches read, in SQLite.</summary>
internal sealed class SqliteSearchTables(HistoryFile file) : ISearchTables
{
    public ValueTask<(int Number, long Cases)?> Workspace(string name, CancellationToken cancel) => file.Read(reader =>
    {
        var find = reader["SELECT number, cases FROM workspace WHERE name = ?"];
        find.Bind(1, name);
        return Reader.First(find, static row => ((int, long)?)((int)row.Number(0), row.Number(1)));
    }, cancel);

    public ValueTask<int[]> Codes(IReadOnlyList<(NameKind Kind, string Text)> names, CancellationToken cancel) => file.Read(reader =>
    {
        var find = reader["SELECT code FROM name WHERE kind = ? AND text = ?"];
        var codes = new int[names.Count];
        for (var i = 0; i < codes.Length; i++)
        {
            find.Bind(1, (int)names[i].Kind);
            find.Bind(2, names[i].Text);
            codes[i] = Reader.First(find, static row => (int)row.Number(0));
        }
        return codes;
    }, cancel);

    public ValueTask<long> PlaceAt(int workspace, long position, CancellationToken cancel) => file.Read(reader =>
    {
        var find = reader["SELECT id FROM found_case WHERE id >> 36 = ? AND position < ? ORDER BY position DESC LIMIT 1"];
        find.Bind(1, workspace);
        find.Bind(2, position);
        return Reader.First(find, static row => new CaseNumber(row.Number(0)).Place + 1);
    }, cancel);

    public ValueTask<IReadOnlyDictionary<string, long>> Places(int workspace, IReadOnlyList<string> caseIds, CancellationToken cancel) =>
        file.Read<IReadOnlyDictionary<string, long>>(reader =>
        {
            var find = reader["SELECT id FROM found_case WHERE key = ? AND id >> 36 = ?"];
            var places = new Dictionary<string, long>(StringComparer.Ordinal);
            foreach (var caseId in caseIds)
            {
                find.Bind(1, caseId);
                find.Bind(2, workspace);
                if (Reader.First(find, static row => (long?)new CaseNumber(row.Number(0)).Place) is { } place) places[caseId] = place;
            }
            return places;
        }, cancel);

    public ValueTask<long> Count(int workspace, CancellationToken cancel) => file.Read(reader =>
    {
        var count = reader["SELECT count(*) FROM found_case WHERE id >= ? AND id < ?"];
        count.Bind(1, new CaseNumber(workspace, 0).Value);
        count.Bind(2, new CaseNumber(workspace + 1, 0).Value);
        return Reader.First(count, static row => row.Number(0));
    }, cancel);

    public async ValueTask Fields(Stretch stretch, IReadOnlyList<Field> fields, int? heldBy, BlockReader read, CancellationToken cancel) => await file.Read(reader =>
    {
        var blocks = reader["SELECT id & 0xFFFFFFF, body FROM block WHERE id >= ? AND id < ?"];
        foreach (var field in fields)
        {
            blocks.Bind(1, CaseNumber.Of(new FieldBlock(stretch.Workspace, field, stretch.FirstBlock)));
            blocks.Bind(2, CaseNumber.Of(new FieldBlock(stretch.Workspace, field, stretch.FirstBlock + stretch.Blocks)));
            Each(blocks, row => read(row.Number(0), field, row.Bytes(1)));
        }
        if (heldBy is not { } agent) return 0;
        var held = reader["SELECT number, body FROM held WHERE workspace = ? AND agent = ? AND number >= ? AND number < ?"];
        held.Bind(1, stretch.Workspace);
        held.Bind(2, agent);
        held.Bind(3, stretch.FirstBlock);
        held.Bind(4, stretch.FirstBlock + stretch.Blocks);
        Each(held, row => read(row.Number(0), null, row.Bytes(1)));
        return 0;
    }, cancel);

    public async ValueTask Keep(IndexedFilter filter, Candidates candidates, CancellationToken cancel) => await file.Read(reader =>
    {
        switch (filter)
        {
            case IndexedFilter.Customer customer:
                candidates.And(Matching(reader["SELECT id FROM found_case WHERE customer = ? AND id BETWEEN ? AND ?"], customer.Id, candidates));
                break;
            case IndexedFilter.CustomerNumber customer:
                candidates.And(Matching(reader["SELECT id FROM found_case WHERE customer_number = ? AND id BETWEEN ? AND ?"], customer.Number, candidates));
                break;
            case IndexedFilter.Author author:
                candidates.And(Matching(reader["SELECT rowid FROM case_author WHERE case_author MATCH ? AND rowid BETWEEN ? AND ?"], Match(author.Query), candidates));
                break;
            case IndexedFilter.Text text:
                var texts = reader["SELECT rowid FROM case_text WHERE case_text MATCH ? AND rowid BETWEEN ? AND ?"];
                if (!text.Query.Required.IsEmpty) candidates.And(Matching(texts, Match(text.Query), candidates));
                else candidates.AndNot(Matching(texts, string.Join(" OR ", text.Query.Excluded.Select(Quoted)), candidates));
                break;
        }
        return 0;
    }, cancel);

    public ValueTask<IReadOnlyList<FoundCase>> Cases(int workspace, IReadOnlyList<long> places, CancellationToken cancel) => file.Read<IReadOnlyList<FoundCase>>(reader =>
    {
        var find = reader["SELECT key, position FROM found_case WHERE id = ?"];
        var found = new List<FoundCase>(places.Count);
        foreach (var place in places)
        {
            find.Bind(1, new CaseNumber(workspace, place).Value);
            if (Reader.First(find, row => new FoundCase(place, row.Text(0), row.Number(1))) is { } one) found.Add(one);
        }
        return found;
    }, cancel);

    // Words are letters and digits: nothing that anybody types can be taken for an operator.
    private static string Match(TextQuery query)
    {
        var match = new StringBuilder("(").AppendJoin(" AND ", query.Required.Select(Quoted)).Append(')');
        foreach (var excluded in query.Excluded) match.Append(" NOT ").Append(Quoted(excluded));
        return match.ToString();
    }

    private static string Quoted(Phrase phrase)
    {
        var whole = $"\"{string.Join(' ', phrase.Words)}\"{(phrase.IsPrefix ? " *" : "")}";
        // The last word of a beginning may be any other.
        var pairs = FrequentPairs.In(phrase.IsPrefix ? phrase.Words[..^1] : phrase.Words, CaseTables.BetweenPair).Distinct().Select(pair => $"\"{pair}\"");
        return $"({string.Join(" AND ", pairs.Append(whole))})";
    }

    private static Candidates Matching(Statement find, string value, Candidates within)
    {
        var matching = new Candidates(within.Stretch);
        var (first, last) = within.Range();
        find.Bind(1, value);
        find.Bind(2, new CaseNumber(within.Stretch.Workspace, first).Value);
        find.Bind(3, new CaseNumber(within.Stretch.Workspace, last).Value);
        Each(find, row => matching[new CaseNumber(row.Number(0)).Place] = true);
        return matching;
    }

    private static void Each(Statement rows, Action<Statement> act)
    {
        try
        {
            while (rows.Step()) act(rows);
        }
        finally
        {
            rows.Reset();
        }
    }
}
