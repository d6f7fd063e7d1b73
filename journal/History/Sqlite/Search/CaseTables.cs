using System.Collections.Immutable;
using System.Text;
using RoutingGrid.Journal.History.Search;
using RoutingGrid.Journal.Sqlite.Native;
using RoutingGrid.Journal.Sqlite.Reading;

namespace RoutingGrid.Journal.History.Sqlite.Search;

/// <summary>What searches of cases need: a row per case, columns and the words of authors in blocks, who held what, and a full-text index that holds no texts.</summary>
internal sealed class CaseTables(Database database) : SqliteProjection
{
    internal const int Meaning = 3;

    /// <summary>Stands between a pair of frequent words. The tokenizer takes it for a letter, and no word has it.</summary>
    internal const char BetweenPair = '·';

    internal const string Schema =
        """
        CREATE TABLE workspace (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, cases INTEGER NOT NULL);
        CREATE TABLE name (code INTEGER PRIMARY KEY, kind INTEGER NOT NULL, text TEXT NOT NULL);
        CREATE UNIQUE INDEX name_by_text ON name (kind, text);

        -- The id is a CaseNumber. The position is that of the first event; cursors have it, since it stays when a history is built anew.
        CREATE TABLE found_case (id INTEGER PRIMARY KEY, key TEXT NOT NULL, position INTEGER NOT NULL, customer TEXT NOT NULL, customer_number TEXT);
        CREATE INDEX found_case_by_key ON found_case (key);
        CREATE INDEX found_case_by_position ON found_case (id >> 36, position);
        CREATE INDEX found_case_by_customer ON found_case (customer);
        CREATE INDEX found_case_by_customer_number ON found_case (customer_number) WHERE customer_number IS NOT NULL;

        CREATE TABLE block (id INTEGER PRIMARY KEY, body BLOB NOT NULL);
        CREATE TABLE held (workspace INTEGER NOT NULL, agent INTEGER NOT NULL, number INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (workspace, agent, number)) WITHOUT ROWID;

        -- The id is that of an AuthorBlock.
        CREATE TABLE author (id INTEGER PRIMARY KEY, body BLOB NOT NULL);

        -- 1: words of somebody who was erased are still in the index's pages, where nobody finds them; 2: the index is being merged, which leaves them out.
        CREATE TABLE forgetting (step INTEGER NOT NULL);
        INSERT INTO forgetting VALUES (0);

        -- It is given words that are folded already: the simplest tokenizer leaves them as they are. Before each stands the mark of its group, which is a letter of its prefixes too.
        CREATE VIRTUAL TABLE case_text USING fts5(words, content='', contentless_delete=1, tokenize='ascii', prefix='2 3 4');
        """;

    private readonly CaseNames _names = new(database);
    private readonly CaseBlocks _blocks = new(database);
    private readonly Statement _find = database.Prepare("SELECT id FROM found_case WHERE key = ? AND id BETWEEN ? AND ?");
    private readonly Statement _add = database.Prepare("INSERT INTO found_case (id, key, position, customer, customer_number) VALUES (?, ?, ?, ?, nullif(?, ''))");
    private readonly Statement _rename = database.Prepare("UPDATE found_case SET customer = ?, customer_number = nullif(?, '') WHERE id = ?");
    private readonly Statement _putText = database.Prepare("INSERT OR REPLACE INTO case_text (rowid, words) VALUES (?, ?)");
    private readonly Statement _remove = database.Prepare("DELETE FROM found_case WHERE id = ?");
    private readonly Statement _removeText = database.Prepare("DELETE FROM case_text WHERE rowid = ?");
    private readonly Statement _mustForget = database.Prepare("UPDATE forgetting SET step = 1");

    internal override void Write(IReadOnlyList<HistoryStep> steps)
    {
        var (edits, authors) = (new BlockEdits(), new AuthorEdits());
        var changes = CaseChange.Of(steps);
        foreach (var change in changes)
            if (!change.IsArchived) Write(change, edits, authors);
        _blocks.Write(edits);
        _blocks.Write(authors);
        Remove([.. changes.Where(change => change.IsArchived).Select(change => change.Stream)]);
    }

    internal override void Forget() => _names.Forget();

    /// <summary>Takes cases out: they are in an archive now.</summary>
    internal void Remove(IReadOnlyCollection<StreamId> cases)
    {
        if (cases.Count == 0) return;
        var (edits, authors) = (new BlockEdits(), new AuthorEdits());
        foreach (var one in cases)
        {
            if (Find(_names.Workspace(one.Workspace), one.Id) is not { } id) continue;
            edits.Set(id, Field.State, 0);
            authors.Set(id, "", isNew: false);
            foreach (var remove in (Statement[])[_remove, _removeText])
            {
                remove.Bind(1, id.Value);
                remove.Run();
            }
        }
        _blocks.Write(edits);
        _blocks.Write(authors);
        _mustForget.Run();
    }

    private void Write(CaseChange change, BlockEdits edits, AuthorEdits authors)
    {
        var workspace = _names.Workspace(change.Workspace);
        var known = Find(workspace, change.CaseId);
        var id = known ?? Add(workspace, change);
        edits.Set(id, change.State, _names);
        foreach (var agent in change.Agents) edits.Hold(id, _names.Code(NameKind.Agent, agent));
        if (known is null || change.HasNewWords) Put(change.Words.Length == 0 ? _removeText : _putText, id, Marked(change.Words, Group.Mark(id)));
        if (known is not null && change.HasNewAuthor) Rename(id, change);
        if (known is null || change.HasNewAuthor) authors.Set(id, change.Author, isNew: known is null);
        if (change.IsErased) _mustForget.Run();
    }

    private CaseNumber? Find(int workspace, string caseId)
    {
        _find.Bind(1, caseId);
        _find.Bind(2, new CaseNumber(workspace, 0).Value);
        _find.Bind(3, new CaseNumber(workspace + 1, 0).Value - 1);
        return Reader.First(_find, static row => (CaseNumber?)new CaseNumber(row.Number(0)));
    }

    private CaseNumber Add(int workspace, CaseChange change)
    {
        var id = _names.Next(workspace);
        _add.Bind(1, id.Value);
        _add.Bind(2, change.CaseId);
        _add.Bind(3, change.Position);
        _add.Bind(4, change.State.CustomerId);
        _add.Bind(5, change.CustomerNumber ?? "");
        _add.Run();
        return id;
    }

    private void Rename(CaseNumber id, CaseChange change)
    {
        _rename.Bind(1, change.State.CustomerId);
        _rename.Bind(2, change.CustomerNumber ?? "");
        _rename.Bind(3, id.Value);
        _rename.Run();
    }

    // Pairs stand behind a border, so that no phrase runs into them.
    private static string Marked(string words, char mark)
    {
        if (words.Length == 0) return words;
        ImmutableArray<string> all = [.. words.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        var marked = new StringBuilder(words.Length + (2 * all.Length));
        foreach (var word in all)
        {
            if (word == Words.Border) marked.Append(word).Append(' ');
            else marked.Append(mark).Append(word).Append(' ');
        }
        marked.Append(Words.Border);
        foreach (var pair in FrequentPairs.In(all, BetweenPair).Distinct()) marked.Append(' ').Append(mark).Append(pair);
        return marked.ToString();
    }

    private static void Put(Statement into, CaseNumber id, string words)
    {
        into.Bind(1, id.Value);
        if (words.Length > 0) into.Bind(2, words);
        into.Run();
    }
}
