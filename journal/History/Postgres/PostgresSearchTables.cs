using Npgsql;
using RoutingGrid.Journal.History.Search;
using RoutingGrid.Journal.Postgres.Reading;

namespace RoutingGrid.Journal.History.Postgres;

/// <summary>What searches read, in PostgreSQL.</summary>
internal sealed class PostgresSearchTables(Reads reads) : ISearchTables
{
    /// <summary>For fewer candidates, each is looked at; for more, the index is asked.</summary>
    private const int Few = 1000;

    private const string FieldsOfStretch = "SELECT id & 268435455, body FROM history_block WHERE id >= $1 AND id < $2";

    // The limit keeps the planner from asking the index of words for them all, and then which of them are wanted.
    private const string OfEach = "SELECT c.id FROM unnest($1::bigint[]) AS u(id) CROSS JOIN LATERAL (SELECT t.id, t.words FROM {0} t WHERE t.id = u.id LIMIT 1) c WHERE c.words @@ $2::tsquery";

    // Without a range of ids, which the planner would rather walk through, looking at each text.
    private const string OfAll = "SELECT id FROM {0} WHERE words @@ $1::tsquery";

    public async ValueTask<(int Number, long Cases)?> Workspace(string name, CancellationToken cancel) =>
        await reads.First("SELECT number, cases FROM history_workspace WHERE name = $1", static row => ((int, long)?)(row.GetInt32(0), row.GetInt64(1)), cancel, name);

    public async ValueTask<int[]> Codes(IReadOnlyList<(NameKind Kind, string Text)> names, CancellationToken cancel) =>
        [.. await reads.All(
            "SELECT coalesce(n.code, 0) FROM unnest($1::smallint[], $2::text[]) WITH ORDINALITY AS u(kind, text, place) LEFT JOIN history_name n ON n.kind = u.kind AND n.text = u.text ORDER BY u.place",
            static row => row.GetInt32(0), cancel, names.Select(name => (short)name.Kind).ToArray(), names.Select(name => Storable(name.Text)).ToArray())];

    public async ValueTask<long> PlaceAt(int workspace, long position, CancellationToken cancel) => await reads.First(
        "SELECT id FROM history_case WHERE id >> 36 = $1 AND position < $2 ORDER BY position DESC LIMIT 1",
        static row => new CaseNumber(row.GetInt64(0)).Place + 1, cancel, (long)workspace, position);

    public async ValueTask<IReadOnlyDictionary<string, long>> Places(int workspace, IReadOnlyList<string> caseIds, CancellationToken cancel) =>
        (await reads.All("SELECT key, id FROM history_case WHERE key = ANY ($1::text[]) AND id >> 36 = $2",
            static row => (Key: row.GetString(0), Id: new CaseNumber(row.GetInt64(1))), cancel, caseIds.ToArray(), (long)workspace))
        .ToDictionary(found => found.Key, found => found.Id.Place, StringComparer.Ordinal);

    public async ValueTask<long> Count(int workspace, CancellationToken cancel) => await reads.First(
        "SELECT count(*) FROM history_case WHERE id >= $1 AND id < $2", static row => row.GetInt64(0), cancel,
        new CaseNumber(workspace, 0).Value, new CaseNumber(workspace + 1, 0).Value);

    public async ValueTask Fields(Stretch stretch, IReadOnlyList<Field> fields, int? heldBy, BlockReader read, CancellationToken cancel) => await reads.Run(
        batch =>
        {
            foreach (var field in fields)
                Reads.Add(batch, FieldsOfStretch,
                    CaseNumber.Of(new FieldBlock(stretch.Workspace, field, stretch.FirstBlock)),
                    CaseNumber.Of(new FieldBlock(stretch.Workspace, field, stretch.FirstBlock + stretch.Blocks)));
            if (heldBy is { } agent)
                Reads.Add(batch, "SELECT number, body FROM history_held WHERE workspace = $1 AND agent = $2 AND number >= $3 AND number < $4",
                    stretch.Workspace, agent, stretch.FirstBlock, stretch.FirstBlock + stretch.Blocks);
        },
        async rows =>
        {
            for (var i = 0; i < fields.Count + (heldBy is null ? 0 : 1); i++)
            {
                while (await rows.ReadAsync(cancel)) read(rows.GetInt64(0), i < fields.Count ? fields[i] : null, rows.GetFieldValue<byte[]>(1));
                await rows.NextResultAsync(cancel);
            }
            return 0;
        },
        cancel);

    public async ValueTask Keep(IndexedFilter filter, Candidates candidates, CancellationToken cancel)
    {
        switch (filter)
        {
            case IndexedFilter.Customer customer:
                candidates.And(await InRange("SELECT id FROM history_case WHERE customer = $1 AND id BETWEEN $2 AND $3", Storable(customer.Id), candidates, cancel));
                break;
            case IndexedFilter.CustomerNumber customer:
                candidates.And(await InRange("SELECT id FROM history_case WHERE customer_number = $1 AND id BETWEEN $2 AND $3", Storable(customer.Number), candidates, cancel));
                break;
            case IndexedFilter.Author author:
                candidates.And(await Matching("history_author", Lexemes.Query(author.Query, static word => [word]), candidates, cancel));
                break;
            case IndexedFilter.Text text:
                var forms = await Forms(text.Query, cancel);
                if (!text.Query.Required.IsEmpty) candidates.And(await Matching("history_text", Lexemes.Query(text.Query, word => forms[word]), candidates, cancel));
                else candidates.AndNot(await Matching("history_text", Lexemes.Any(text.Query.Excluded, word => forms[word]), candidates, cancel));
                break;
        }
    }

    public async ValueTask<IReadOnlyList<FoundCase>> Cases(int workspace, IReadOnlyList<long> places, CancellationToken cancel) => await reads.All(
        "SELECT c.id, c.key, c.position FROM unnest($1::bigint[]) WITH ORDINALITY AS u(id, place) JOIN history_case c ON c.id = u.id ORDER BY u.place",
        static row => new FoundCase(new CaseNumber(row.GetInt64(0)).Place, row.GetString(1), row.GetInt64(2)),
        cancel, places.Select(place => new CaseNumber(workspace, place).Value).ToArray());

    private async ValueTask<Candidates> Matching(string table, string query, Candidates candidates, CancellationToken cancel)
    {
        var stretch = candidates.Stretch;
        if (candidates.Count > Few) return Found(stretch, await reads.All(string.Format(null, OfAll, table), static row => row.GetInt64(0), cancel, $"{Lexemes.Within(stretch)} & {query}"));
        var ids = candidates.Descending().Select(place => new CaseNumber(stretch.Workspace, place).Value).ToArray();
        return Found(stretch, await reads.All(string.Format(null, OfEach, table), static row => row.GetInt64(0), cancel, ids, query));
    }

    private async ValueTask<Candidates> InRange(string sql, string value, Candidates candidates, CancellationToken cancel)
    {
        var stretch = candidates.Stretch;
        var (first, last) = candidates.Range();
        return Found(stretch, await reads.All(sql, static row => row.GetInt64(0), cancel,
            value, new CaseNumber(stretch.Workspace, first).Value, new CaseNumber(stretch.Workspace, last).Value));
    }

    private static Candidates Found(Stretch stretch, List<long> ids)
    {
        var found = new Candidates(stretch);
        foreach (var place in ids.Select(id => new CaseNumber(id).Place))
            if (place >= stretch.First && place < stretch.End) found[place] = true;
        return found;
    }

    /// <summary>Words with their stems in both languages, as the server has them.</summary>
    private async ValueTask<Dictionary<string, string[]>> Forms(TextQuery query, CancellationToken cancel)
    {
        var words = query.Required.Concat(query.Excluded).Where(phrase => phrase is { Words.Length: 1, IsPrefix: false }).Select(phrase => phrase.Words[0]).Distinct().ToArray();
        if (words.Length == 0) return [];
        var forms = await reads.All(
            "SELECT u.word, ts_lexize('pg_catalog.spanish_stem', u.word), ts_lexize('pg_catalog.english_stem', u.word) FROM unnest($1::text[]) AS u(word)",
            static row => (Word: row.GetString(0), Forms: Stems(row, 1).Concat(Stems(row, 2)).ToArray()), cancel, (object)words);
        return forms.ToDictionary(form => form.Word, form => form.Forms.Prepend(form.Word).Distinct().ToArray(), StringComparer.Ordinal);
    }

    private static string[] Stems(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? [] : row.GetFieldValue<string[]>(column);

    // The one character that the server cannot take is in no name.
    private static string Storable(string text) => text.Replace('\0', '\ufffd');
}
