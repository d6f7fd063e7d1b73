using System.Collections.Immutable;
using Npgsql;
using RoutingGrid.Journal.History.Search;

namespace RoutingGrid.Journal.History.Postgres;

/// <summary>What searches of cases need, in PostgreSQL: as in SQLite, with whole batches in a statement.</summary>
internal sealed class CaseTables(NpgsqlConnection connection) : PostgresProjection
{
    internal static readonly string[] Tables =
        ["history_case", "history_workspace", "history_name", "history_block", "history_held", "history_text", "history_author"];

    // Divided, where it could be shifted: else a planner who knows nothing of the tables yet takes the index of a workspace's positions, and walks through all its cases for each.
    private const string FindCases = "SELECT c.key, c.id FROM unnest($1::bigint[], $2::text[]) AS u(workspace, key) JOIN history_case c ON c.key = u.key AND c.id / 68719476736 = u.workspace";

    private const string Put =
        """
        INSERT INTO history_case (id, key, position, customer, customer_number) SELECT u.id, u.key, u.position, u.customer, nullif(u.number, '')
        FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[], $5::text[]) AS u(id, key, position, customer, number)
        ON CONFLICT (id) DO UPDATE SET customer = excluded.customer, customer_number = excluded.customer_number
        """;

    private const string PutTexts =
        """
        INSERT INTO history_text (id, words)
        SELECT u.id, u.vector::tsvector FROM unnest($1::bigint[], $2::text[]) AS u(id, vector) ON CONFLICT (id) DO UPDATE SET words = excluded.words
        """;

    private readonly CaseNames _names = new(connection);
    private readonly CaseBlocks _blocks = new(connection);
    private readonly WordForms _forms = new(connection);
    private readonly CaseNeighbours _neighbours = new(connection);

    internal override async Task Write(IReadOnlyList<HistoryStep> steps)
    {
        var changes = CaseChange.Of(steps);
        await Remove([.. changes.Where(change => change.IsArchived).Select(change => change.Stream)]);
        changes.RemoveAll(change => change.IsArchived);
        if (changes.Count == 0) return;
        await _names.Learn(changes);
        var ids = await Find([.. changes.Select(change => (change.Workspace, change.CaseId))]);
        var added = changes.Where(change => !ids.ContainsKey((change.Workspace, change.CaseId))).ToHashSet();
        await Number(added, ids);
        await PutRows([.. changes.Where(change => added.Contains(change) || change.HasNewAuthor)], ids);
        var (edits, authors) = (new BlockEdits(), new AuthorEdits());
        foreach (var change in changes)
        {
            var id = ids[(change.Workspace, change.CaseId)];
            edits.Set(id, change.State, _names);
            foreach (var agent in change.Agents) edits.Hold(id, _names.Code(NameKind.Agent, agent));
            if (added.Contains(change) || change.HasNewAuthor) authors.Set(id, change.Author, added.Contains(change));
        }
        await _blocks.Write(edits);
        await _blocks.Write(authors);
        await WriteTexts([.. changes.Where(change => added.Contains(change) || change.HasNewWords).Select(change => (ids[(change.Workspace, change.CaseId)], change.Words))]);
        await _neighbours.Write(
            [.. added.Select(Id)], [.. changes.Where(change => change.HasNewWords && !added.Contains(change)).Select(Id)], [.. changes.Where(change => change.IsErased).Select(Id)]);

        CaseNumber Id(CaseChange change) => ids[(change.Workspace, change.CaseId)];
    }

    internal override void Forget() => _names.Forget();

    /// <summary>Takes cases out: they are in an archive now.</summary>
    internal async Task Remove(IReadOnlyCollection<StreamId> cases)
    {
        if (cases.Count == 0) return;
        await _names.Learn(cases.Select(one => one.Workspace));
        var ids = (await Find([.. cases.Select(one => (one.Workspace, one.Id))])).Values.ToArray();
        var (edits, authors) = (new BlockEdits(), new AuthorEdits());
        foreach (var id in ids)
        {
            edits.Set(id, Field.State, 0);
            authors.Set(id, "", isNew: false);
        }
        await _blocks.Write(edits);
        await _blocks.Write(authors);
        foreach (var table in (string[])["history_case", "history_text"])
            await connection.Run($"DELETE FROM {table} WHERE id = ANY ($1::bigint[])", ids.Select(id => id.Value).ToArray());
        await _neighbours.Write([], [], ids);
    }

    /// <summary>The numbers of those cases that are here.</summary>
    private async Task<Dictionary<(string Workspace, string CaseId), CaseNumber>> Find((string Workspace, string CaseId)[] cases)
    {
        var ids = new Dictionary<(string, string), CaseNumber>();
        var workspaces = cases.Select(one => one.Workspace).Distinct().ToDictionary(_names.Workspace);
        await connection.Each(FindCases, row =>
        {
            var id = new CaseNumber(row.GetInt64(1));
            ids[(workspaces[id.Workspace], row.GetString(0))] = id;
        }, cases.Select(one => (long)_names.Workspace(one.Workspace)).ToArray(), cases.Select(one => one.CaseId).ToArray());
        return ids;
    }

    /// <summary>Numbers for new cases, in their order.</summary>
    private async Task Number(IEnumerable<CaseChange> added, Dictionary<(string, string), CaseNumber> ids)
    {
        foreach (var workspace in added.GroupBy(change => change.Workspace).ToArray())
        {
            var place = await _names.Take(workspace.Key, workspace.Count());
            foreach (var change in workspace.OrderBy(change => change.Position)) ids.Add((change.Workspace, change.CaseId), new CaseNumber(_names.Workspace(workspace.Key), place++));
        }
    }

    private Task PutRows(CaseChange[] put, Dictionary<(string, string), CaseNumber> ids) => connection.Run(Put,
        put.Select(change => ids[(change.Workspace, change.CaseId)].Value).ToArray(), put.Select(change => change.CaseId).ToArray(),
        put.Select(change => change.Position).ToArray(), put.Select(change => change.State.CustomerId).ToArray(), put.Select(change => change.CustomerNumber ?? "").ToArray());

    private async Task WriteTexts((CaseNumber Id, string Words)[] texts)
    {
        var all = texts.Select(text => text.Words.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToImmutableArray()).ToArray();
        await _forms.Learn(all.SelectMany(words => words));
        await connection.Run(PutTexts, texts.Select(text => text.Id.Value).ToArray(), texts.Select((text, i) => Lexemes.Vector(all[i], text.Id, _forms.Of)).ToArray());
    }
}
