using Npgsql;
using RoutingGrid.Journal.History.Search;

namespace RoutingGrid.Journal.History.Postgres;

/// <summary>What searches of cases need, in PostgreSQL: as in SQLite, with whole batches in a statement.</summary>
internal sealed class CaseTables(NpgsqlConnection connection) : PostgresProjection
{
    internal static readonly string[] Tables =
        ["history_case", "history_workspace", "history_name", "history_block", "history_held", "history_text", "history_author"];

    private const string Find = "SELECT c.key, c.id FROM unnest($1::bigint[], $2::text[]) AS u(workspace, key) JOIN history_case c ON c.key = u.key AND c.id >> 36 = u.workspace";

    private const string Put =
        """
        INSERT INTO history_case (id, key, position, customer, customer_number) SELECT u.id, u.key, u.position, u.customer, nullif(u.number, '')
        FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[], $5::text[]) AS u(id, key, position, customer, number)
        ON CONFLICT (id) DO UPDATE SET customer = excluded.customer, customer_number = excluded.customer_number
        """;

    private const string PutTexts =
        """
        INSERT INTO history_text (id, words)
        SELECT u.id, u.vector::tsvector || strip(to_tsvector('pg_catalog.spanish', u.words)) || strip(to_tsvector('pg_catalog.english', u.words))
        FROM unnest($1::bigint[], $2::text[], $3::text[]) AS u(id, vector, words) ON CONFLICT (id) DO UPDATE SET words = excluded.words
        """;

    private const string PutAuthors =
        """
        INSERT INTO history_author (id, words) SELECT u.id, u.vector::tsvector FROM unnest($1::bigint[], $2::text[]) AS u(id, vector)
        ON CONFLICT (id) DO UPDATE SET words = excluded.words
        """;

    private readonly CaseNames _names = new(connection);
    private readonly CaseBlocks _blocks = new(connection);

    internal override async Task Write(IReadOnlyList<HistoryStep> steps)
    {
        var changes = CaseChange.Of(steps);
        if (changes.Count == 0) return;
        await _names.Learn(changes);
        var ids = await Number(changes);
        var edits = new BlockEdits();
        foreach (var change in changes)
        {
            var id = ids[(change.Workspace, change.CaseId)];
            edits.Set(id, change.State, _names);
            foreach (var agent in change.Agents) edits.Hold(id, _names.Code(NameKind.Agent, agent));
        }
        await _blocks.Write(edits);
        await WriteTexts([.. changes.Where(change => change.Words is not null).Select(change => (ids[(change.Workspace, change.CaseId)], change.Words!))]);
        await WriteAuthors([.. changes.Where(change => change.Author is not null).Select(change => (ids[(change.Workspace, change.CaseId)], change.Author!))]);
    }

    internal override void Forget() => _names.Forget();

    /// <summary>The numbers of the batch's cases; those that are new get theirs.</summary>
    private async Task<Dictionary<(string, string), CaseNumber>> Number(List<CaseChange> changes)
    {
        var ids = new Dictionary<(string, string), CaseNumber>();
        var names = changes.ToLookup(change => change.CaseId);
        await connection.Each(Find, row =>
        {
            var id = new CaseNumber(row.GetInt64(1));
            foreach (var change in names[row.GetString(0)])
                if (_names.Workspace(change.Workspace) == id.Workspace) ids[(change.Workspace, change.CaseId)] = id;
        }, changes.Select(change => (long)_names.Workspace(change.Workspace)).ToArray(), changes.Select(change => change.CaseId).ToArray());
        foreach (var workspace in changes.Where(change => !ids.ContainsKey((change.Workspace, change.CaseId))).GroupBy(change => change.Workspace).ToArray())
        {
            var place = await _names.Take(workspace.Key, workspace.Count());
            foreach (var change in workspace) ids.Add((change.Workspace, change.CaseId), new CaseNumber(_names.Workspace(workspace.Key), place++));
        }
        var put = changes.Where(change => change.Author is not null).ToArray();
        await connection.Run(Put,
            put.Select(change => ids[(change.Workspace, change.CaseId)].Value).ToArray(), put.Select(change => change.CaseId).ToArray(),
            put.Select(change => change.Position).ToArray(), put.Select(change => change.State.CustomerId).ToArray(), put.Select(change => change.CustomerNumber ?? "").ToArray());
        return ids;
    }

    private Task WriteTexts((CaseNumber Id, string Words)[] texts) => connection.Run(PutTexts,
        texts.Select(text => text.Id.Value).ToArray(), texts.Select(text => Lexemes.Vector(text.Words, text.Id)).ToArray(),
        texts.Select(text => string.Join(' ', text.Words.Split(' ').Where(word => word != Words.Border).Distinct())).ToArray());

    private Task WriteAuthors((CaseNumber Id, string Words)[] authors) => connection.Run(PutAuthors,
        authors.Select(author => author.Id.Value).ToArray(), authors.Select(author => Lexemes.Vector(author.Words, author.Id)).ToArray());
}
