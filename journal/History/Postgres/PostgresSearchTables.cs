using System.Buffers;
using Npgsql;
using RoutingGrid.Journal.History.Search;
using RoutingGrid.Journal.Postgres.Reading;

namespace RoutingGrid.Journal.History.Postgres;

/// <summary>What searches read, in PostgreSQL.</summary>
internal sealed class PostgresSearchTables(Reads reads) : ISearchTables
{
    // Measured, in the time that one more row of a page takes that is read anyway: a row that is looked up, a page, what an index puts together of a case for the
    // beginning of a word, and the row of a block that has a word's neighbours.
    private const double CostOfEach = 27;
    private const double CostOfPage = 7;
    private const double CostOfBeginning = 0.3;
    private const double RowsOfPage = 7;
    private const double CostOfNeighbours = 80;
    private const double MostOfRarest = 0.003;

    private const string FieldsOfStretch = "SELECT id & 268435455, body FROM history_block WHERE id >= $1 AND id < $2";

    // What is asked for is read once, in a query of its own, and not for each row. The limit keeps the planner from asking the index of words for them all, and then which of them are wanted.
    private const string OfEach = "SELECT c.id FROM unnest($1::bigint[]) AS u(id) CROSS JOIN LATERAL (SELECT t.id, t.words FROM history_text t WHERE t.id = u.id LIMIT 1) c WHERE c.words @@ (SELECT $2::tsquery)";

    // Without a range of ids, which the planner would rather walk through, looking at each text.
    private const string OfAll = "SELECT id FROM history_text WHERE words @@ (SELECT $1::tsquery)";

    private const string CasesOfEach = "SELECT c.id FROM unnest($1::bigint[]) AS u(id) CROSS JOIN LATERAL (SELECT t.id, t.{0} FROM history_case t WHERE t.id = u.id LIMIT 1) c WHERE c.{0} = $2";
    private const string CasesInRange = "SELECT id FROM history_case WHERE {0} = $1 AND id BETWEEN $2 AND $3";

    // The index has words, not where they stand: each text that has them is read, and how many those are is worth knowing.
    private const string OfAllWithWords = "SELECT id, words @@ (SELECT $2::tsquery) FROM history_text WHERE words @@ (SELECT $1::tsquery)";

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
        (await reads.All("SELECT key, id FROM history_case WHERE key = ANY ($1::text[]) AND id / 68719476736 = $2",
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
            using var body = new Body();
            for (var i = 0; i < fields.Count + (heldBy is null ? 0 : 1); i++)
            {
                while (await rows.ReadAsync(cancel)) read(rows.GetInt64(0), i < fields.Count ? fields[i] : null, body.Of(rows));
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
            using var body = new Body();
            while (await rows.ReadAsync(cancel)) read(rows.GetInt64(0), null, body.Of(rows));
            return 0;
        },
        cancel);

    // The index knows no order, and is asked for whole blocks.
    public long Span(Candidates candidates) => candidates.Stretch.Blocks * (long)Block.Size;

    public bool IsEachCheaper(IndexedFilter filter, Candidates candidates, double has) => candidates.Count * CostOfEach < CostOfAllThat(filter, candidates, has);

    public async ValueTask Narrow(TextQuery query, Candidates candidates, double has, CancellationToken cancel)
    {
        var cost = CostOfNeighbours * candidates.Stretch.Blocks;
        var pairs = NeighbourTables.Count(query);
        if (pairs == 0 || cost * pairs > CostOfAllThat(new IndexedFilter.Text(query), candidates, has)) return;
        await new NeighbourTables(Authors).Keep(query, candidates, () => cost < candidates.Count * CostOfEach, cancel);
    }

    // It is asked for all its beginnings before it is known that the rarest word leaves nothing of them.
    public bool IsRarestFirst(IndexedFilter filter, Candidates candidates, double has) =>
        has <= MostOfRarest && filter is IndexedFilter.Text { Query: var query } && query.All.Any(Lexemes.PutsTogether) && !IsEachCheaper(filter, candidates, has);

    private double CostOfAllThat(IndexedFilter filter, Candidates candidates, double has)
    {
        var span = (double)Span(candidates);
        var rows = span * has;
        var beginnings = (filter as IndexedFilter.Text)?.Query.All.Count(Lexemes.PutsTogether) ?? 0;
        return rows + (CostOfPage * Math.Min(rows, span / RowsOfPage)) + (CostOfBeginning * beginnings * span);
    }

    public async ValueTask<int?> Keep(IndexedFilter filter, Candidates candidates, bool each, CancellationToken cancel)
    {
        if (filter is IndexedFilter.Text text) return await Keep(text, candidates, each, cancel);
        var (column, value) = filter switch
        {
            IndexedFilter.Customer customer => ("customer", customer.Id),
            IndexedFilter.CustomerNumber customer => ("customer_number", customer.Number),
            _ => throw new ArgumentOutOfRangeException(nameof(filter)),
        };
        var stretch = candidates.Stretch;
        var ids = each
            ? await reads.All(string.Format(null, CasesOfEach, column), Id, cancel, Ids(candidates), Storable(value))
            : await reads.All(string.Format(null, CasesInRange, column), Id, cancel, Storable(value), new CaseNumber(stretch.Workspace, stretch.First).Value, new CaseNumber(stretch.Workspace, stretch.End - 1).Value);
        candidates.And(Found(stretch, ids));
        return each ? null : ids.Count;
    }

    private async ValueTask<int?> Keep(IndexedFilter.Text text, Candidates candidates, bool each, CancellationToken cancel)
    {
        var (query, stretch, forms) = (text.Query, candidates.Stretch, await Forms(text.Query, cancel));
        var asked = Lexemes.Query(query, stretch, Of);
        List<(long Id, bool Passes)> rows = each ? await reads.All(OfEach, Row, cancel, Ids(candidates), asked)
            : query.HasPhrases ? await reads.All(OfAllWithWords, static row => (Id(row), row.GetBoolean(1)), cancel, Lexemes.Within(stretch, Lexemes.Words(query, stretch, Of)), asked)
            : await reads.All(OfAll, Row, cancel, Lexemes.Within(stretch, asked));
        var ids = rows.Where(row => row.Passes).Select(row => row.Id);
        if (text.OnlyExcludes) candidates.AndNot(Found(stretch, ids));
        else candidates.And(Found(stretch, ids));
        return each ? null : rows.Count;

        string[] Of(string word) => forms[word];

        static (long Id, bool Passes) Row(NpgsqlDataReader row) => (Id(row), true);
    }

    public async ValueTask<IReadOnlyList<FoundCase>> Cases(int workspace, IReadOnlyList<long> places, CancellationToken cancel) => await reads.All(
        "SELECT c.id, c.key, c.position FROM unnest($1::bigint[]) WITH ORDINALITY AS u(id, place) JOIN history_case c ON c.id = u.id ORDER BY u.place",
        static row => new FoundCase(new CaseNumber(row.GetInt64(0)).Place, row.GetString(1), row.GetInt64(2)),
        cancel, places.Select(place => new CaseNumber(workspace, place).Value).ToArray());

    private static long Id(NpgsqlDataReader row) => row.GetInt64(0);

    private static long[] Ids(Candidates candidates) => [.. candidates.Descending().Select(place => new CaseNumber(candidates.Stretch.Workspace, place).Value)];

    private static Candidates Found(Stretch stretch, IEnumerable<long> ids)
    {
        var found = new Candidates(stretch);
        foreach (var id in ids.Select(id => new CaseNumber(id)))
        {
            // Groups of workspaces may share their mark.
            if (id.Workspace == stretch.Workspace && id.Place >= stretch.First && id.Place < stretch.End) found[id.Place] = true;
        }
        return found;
    }

    /// <summary>Words and their stems in both languages.</summary>
    private async ValueTask<Dictionary<string, string[]>> Forms(TextQuery query, CancellationToken cancel)
    {
        var words = query.All.Where(phrase => phrase is { Words.Length: 1, IsPrefix: false }).Select(phrase => phrase.Words[0]).Distinct().ToArray();
        if (words.Length == 0) return [];
        return (await reads.All(WordForms.Find, static row => (Word: row.GetString(0), Forms: WordForms.Read(row)), cancel, (object)words))
            .ToDictionary(form => form.Word, form => form.Forms, StringComparer.Ordinal);
    }

    // The one character that the server cannot take is in no name.
    private static string Storable(string text) => text.Replace('\0', '\ufffd');

    /// <summary>One row's after the other's, in the same place: a search reads some thousands.</summary>
    private sealed class Body : IDisposable
    {
        private byte[] _bytes = ArrayPool<byte>.Shared.Rent(16 * 1024);

        internal ReadOnlySpan<byte> Of(NpgsqlDataReader row)
        {
            var length = (int)row.GetBytes(1, 0, null, 0, 0);
            if (length > _bytes.Length)
            {
                Dispose();
                _bytes = ArrayPool<byte>.Shared.Rent(length);
            }
            row.GetBytes(1, 0, _bytes, 0, length);
            return _bytes.AsSpan(0, length);
        }

        public void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);
    }
}
