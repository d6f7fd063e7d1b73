using System.Text;
using RoutingGrid.Journal.History.Search;
using RoutingGrid.Journal.Sqlite.Native;
using RoutingGrid.Journal.Sqlite.Reading;

namespace RoutingGrid.Journal.History.Sqlite.Search;

/// <summary>What searches read, in SQLite.</summary>
internal sealed class SqliteSearchTables(HistoryFile file) : ISearchTables
{
    /// <summary>How many cases the index tells in the time in which it is asked about one.</summary>
    private const int CostOfEach = 80;

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

    public async ValueTask Authors(Stretch stretch, int letter, BlockReader read, CancellationToken cancel) => await file.Read(reader =>
    {
        var blocks = reader["SELECT id & 0xFFFFFFF, body FROM author WHERE id >= ? AND id < ?"];
        blocks.Bind(1, CaseNumber.Of(new AuthorBlock(stretch.Workspace, letter, stretch.FirstBlock)));
        blocks.Bind(2, CaseNumber.Of(new AuthorBlock(stretch.Workspace, letter, stretch.FirstBlock + stretch.Blocks)));
        Each(blocks, row => read(row.Number(0), null, row.Bytes(1)));
        return 0;
    }, cancel);

    public long Span(Candidates candidates)
    {
        var (first, last) = candidates.Range();
        return last - first + 1;
    }

    // Where several words must stand in a case, the index goes on from one that has not all of them to the next that has, however far that is: each word is asked for by itself.
    public bool IsEachCheaper(IndexedFilter filter, Candidates candidates, double has)
    {
        var query = (filter as IndexedFilter.Text)?.Query;
        return (query is null || query.All.All(IsOneTerm)) && (double)candidates.Count * CostOfEach * (query?.All.Count() ?? 1) < Span(candidates) * has;
    }

    public ValueTask<int?> Keep(IndexedFilter filter, Candidates candidates, bool each, CancellationToken cancel) => file.Read(reader =>
    {
        switch (filter)
        {
            case IndexedFilter.Customer customer:
                return Keep(reader["SELECT id FROM found_case WHERE customer = ? AND id BETWEEN ? AND ?"], customer.Id, candidates, each);
            case IndexedFilter.CustomerNumber customer:
                return Keep(reader["SELECT id FROM found_case WHERE customer_number = ? AND id BETWEEN ? AND ?"], customer.Number, candidates, each);
            case IndexedFilter.Text { Query: var query }:
                var texts = reader["SELECT rowid FROM case_text WHERE case_text MATCH ? AND rowid BETWEEN ? AND ?"];
                var mark = Group.Mark(candidates.Stretch);
                if (!each) return Keep(texts, Match(query, mark), candidates, each, query.Required.IsEmpty);
                foreach (var phrase in query.Required) Keep(texts, Quoted(phrase, mark), candidates, each);
                foreach (var phrase in query.Excluded) Keep(texts, Quoted(phrase, mark), candidates, each, isExcluded: true);
                return null;
            default:
                throw new ArgumentOutOfRangeException(nameof(filter));
        }
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

    private static int? Keep(Statement find, string value, Candidates candidates, bool each, bool isExcluded = false)
    {
        if (each)
        {
            foreach (var place in candidates.Descending())
                if (Matching(find, value, candidates.Stretch, place, place, null) > 0 == isExcluded) candidates[place] = false;
            return null;
        }
        var (first, last) = candidates.Range();
        var matching = new Candidates(candidates.Stretch);
        var count = Matching(find, value, candidates.Stretch, first, last, matching);
        if (isExcluded) candidates.AndNot(matching);
        else candidates.And(matching);
        return count;
    }

    // The index has beginnings of three letters. For longer ones it puts together what all words have that begin so, each time that it is asked.
    private static bool IsOneTerm(Phrase phrase) => phrase.Words.Length == 1 && (!phrase.IsPrefix || phrase.Words[0].Length <= 3);

    // Words are letters and digits: nothing that anybody types can be taken for an operator.
    private static string Match(TextQuery query, char mark)
    {
        if (query.Required.IsEmpty) return string.Join(" OR ", query.Excluded.Select(phrase => Quoted(phrase, mark)));
        var match = new StringBuilder("(").AppendJoin(" AND ", query.Required.Select(phrase => Quoted(phrase, mark))).Append(')');
        foreach (var excluded in query.Excluded) match.Append(" NOT ").Append(Quoted(excluded, mark));
        return match.ToString();
    }

    private static string Quoted(Phrase phrase, char mark)
    {
        var whole = $"\"{string.Join(' ', phrase.Words.Select(word => mark + word))}\"{(phrase.IsPrefix ? " *" : "")}";
        // The last word of a beginning may be any other.
        var pairs = FrequentPairs.In(phrase.IsPrefix ? phrase.Words[..^1] : phrase.Words, CaseTables.BetweenPair).Distinct().Select(pair => $"\"{mark}{pair}\"");
        return $"({string.Join(" AND ", pairs.Append(whole))})";
    }

    private static int Matching(Statement find, string value, Stretch stretch, long first, long last, Candidates? matching)
    {
        find.Bind(1, value);
        find.Bind(2, new CaseNumber(stretch.Workspace, first).Value);
        find.Bind(3, new CaseNumber(stretch.Workspace, last).Value);
        var count = 0;
        Each(find, row =>
        {
            count++;
            if (matching is not null) matching[new CaseNumber(row.Number(0)).Place] = true;
        });
        return count;
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
