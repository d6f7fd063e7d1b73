using Npgsql;
using RoutingGrid.Journal.History.Search;
using RoutingGrid.Journal.Postgres.Reading;

namespace RoutingGrid.Journal.History.Postgres;

/// <summary>What searches read, in PostgreSQL.</summary>
internal sealed class PostgresSearchTables(Reads reads) : ISearchTables
{
    private const string FieldsOfStretch = "SELECT id & 268435455, body FROM history_block WHERE id >= $1 AND id < $2";

    // The limit keeps the planner from asking the index of words for them all, and then which of them are wanted.
    private const string OfEach = "SELECT c.id FROM unnest($1::bigint[]) AS u(id) CROSS JOIN LATERAL (SELECT t.id, t.words FROM history_text t WHERE t.id = u.id LIMIT 1) c WHERE c.words @@ $2::tsquery";

    // Without a range of ids, which the planner would rather walk through, looking at each text.
    private const string OfAll = "SELECT id FROM history_text WHERE words @@ $1::tsquery";

    private const string CasesOfEach = "SELECT c.id FROM unnest($1::bigint[]) AS u(id) CROSS JOIN LATERAL (SELECT t.id, t.{0} FROM history_case t WHERE t.id = u.id LIMIT 1) c WHERE c.{0} = $2";
    private const string CasesInRange = "SELECT id FROM history_case WHERE {0} = $1 AND id BETWEEN $2 AND $3";

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

    public async ValueTask Authors(Stretch stretch, int letter, BlockReader read, CancellationToken cancel) => await reads.Run(
        batch => Reads.Add(batch, "SELECT id & 268435455, body FROM history_author WHERE id >= $1 AND id < $2",
            CaseNumber.Of(new AuthorBlock(stretch.Workspace, letter, stretch.FirstBlock)), CaseNumber.Of(new AuthorBlock(stretch.Workspace, letter, stretch.FirstBlock + stretch.Blocks))),
        async rows =>
        {
            while (await rows.ReadAsync(cancel)) read(rows.GetInt64(0), null, rows.GetFieldValue<byte[]>(1));
            return 0;
        },
        cancel);

    public int CostOfEach => 30;

    public async ValueTask<int?> Keep(IndexedFilter filter, Candidates candidates, bool each, CancellationToken cancel)
    {
        var stretch = candidates.Stretch;
        List<long> ids = (filter, each) switch
        {
            (IndexedFilter.Text text, true) => await reads.All(OfEach, static row => row.GetInt64(0), cancel, Ids(), Lexemes.Query(text.Query, stretch, (await Forms(text.Query, cancel)).GetValueOrDefault!)),
            (IndexedFilter.Text text, false) => await reads.All(OfAll, static row => row.GetInt64(0), cancel, Lexemes.QueryWithin(text.Query, stretch, (await Forms(text.Query, cancel)).GetValueOrDefault!)),
            (IndexedFilter.Customer customer, true) => await reads.All(string.Format(null, CasesOfEach, "customer"), static row => row.GetInt64(0), cancel, Ids(), Storable(customer.Id)),
            (IndexedFilter.Customer customer, false) => await InRange("customer", customer.Id),
            (IndexedFilter.CustomerNumber customer, true) => await reads.All(string.Format(null, CasesOfEach, "customer_number"), static row => row.GetInt64(0), cancel, Ids(), Storable(customer.Number)),
            (IndexedFilter.CustomerNumber customer, false) => await InRange("customer_number", customer.Number),
            _ => throw new ArgumentOutOfRangeException(nameof(filter)),
        };
        var (matching, count) = Found(candidates, ids);
        if (filter is IndexedFilter.Text { OnlyExcludes: true }) candidates.AndNot(matching);
        else candidates.And(matching);
        return each ? null : count;

        long[] Ids() => [.. candidates.Descending().Select(place => new CaseNumber(stretch.Workspace, place).Value)];

        ValueTask<List<long>> InRange(string column, string value)
        {
            var (first, last) = candidates.Range();
            return reads.All(string.Format(null, CasesInRange, column), static row => row.GetInt64(0), cancel,
                Storable(value), new CaseNumber(stretch.Workspace, first).Value, new CaseNumber(stretch.Workspace, last).Value);
        }
    }

    public async ValueTask<IReadOnlyList<FoundCase>> Cases(int workspace, IReadOnlyList<long> places, CancellationToken cancel) => await reads.All(
        "SELECT c.id, c.key, c.position FROM unnest($1::bigint[]) WITH ORDINALITY AS u(id, place) JOIN history_case c ON c.id = u.id ORDER BY u.place",
        static row => new FoundCase(new CaseNumber(row.GetInt64(0)).Place, row.GetString(1), row.GetInt64(2)),
        cancel, places.Select(place => new CaseNumber(workspace, place).Value).ToArray());

    private static (Candidates Matching, int Count) Found(Candidates candidates, List<long> ids)
    {
        var (first, last) = candidates.Range();
        var (found, count) = (new Candidates(candidates.Stretch), 0);
        foreach (var id in ids.Select(id => new CaseNumber(id)))
        {
            // Groups of workspaces may share their mark.
            if (id.Workspace != candidates.Stretch.Workspace || id.Place < first || id.Place > last) continue;
            found[id.Place] = true;
            count++;
        }
        return (found, count);
    }

    /// <summary>Words and their stems in both languages.</summary>
    private async ValueTask<Dictionary<string, string[]>> Forms(TextQuery query, CancellationToken cancel)
    {
        var words = query.Required.Concat(query.Excluded).Where(phrase => phrase is { Words.Length: 1, IsPrefix: false }).Select(phrase => phrase.Words[0]).Distinct().ToArray();
        if (words.Length == 0) return [];
        return (await reads.All(WordForms.Find, static row => (Word: row.GetString(0), Forms: WordForms.Read(row)), cancel, (object)words))
            .ToDictionary(form => form.Word, form => form.Forms, StringComparer.Ordinal);
    }

    // The one character that the server cannot take is in no name.
    private static string Storable(string text) => text.Replace('\0', '\ufffd');
}
