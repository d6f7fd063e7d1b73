using RoutingGrid.Journal.History.Search;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.History.Audit;

/// <summary>Holds what searches read against the rows of the cases: every column of every case, and the words of some.</summary>
internal sealed class HistoryAudit(IJournal journal, ISearchTables tables, CaseFinder finder)
{
    private const int RowsAtOnce = 500;

    /// <summary>Of how many cases one has its words looked for.</summary>
    private const int Sampled = 50;

    private readonly Dictionary<(long Block, Field Field), byte[]> _blocks = [];
    private readonly Dictionary<(NameKind, string), int> _codes = [];

    /// <summary>What is not as it must be, a sentence each. The history has caught up, and nobody writes meanwhile.</summary>
    internal async IAsyncEnumerable<string> Differences([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var workspace in await journal.Read.Workspaces(cancel))
        {
            _blocks.Clear();
            var (seen, cursor) = (0L, (string?)null);
            do
            {
                var page = await journal.Read.Cases(workspace, new CaseFilter(), cursor, RowsAtOnce, cancel);
                await foreach (var difference in Of(workspace, page.Items, seen, cancel)) yield return difference;
                seen += page.Items.Length;
                cursor = page.Next;
            }
            while (cursor is not null);
            var number = await tables.Workspace(workspace, cancel);
            var found = number is { } known ? await tables.Count(known.Number, cancel) : 0;
            if (found != seen) yield return $"the history of workspace '{workspace}' has {found:N0} cases; there are {seen:N0}.";
        }
    }

    private async IAsyncEnumerable<string> Of(string workspace, IReadOnlyList<CaseRow> rows, long before, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        if (rows.Count == 0) yield break;
        if (await tables.Workspace(workspace, cancel) is not var (number, _))
        {
            yield return $"the history knows nothing of workspace '{workspace}'.";
            yield break;
        }
        var places = await tables.Places(number, [.. rows.Select(row => row.CaseId)], cancel);
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            if (!places.TryGetValue(row.CaseId, out var place)) yield return $"the history lacks case {workspace}/{row.CaseId}.";
            else if (await Wrong(new CaseNumber(number, place), row.State, cancel) is { } field) yield return $"the history has another {field} of case {workspace}/{row.CaseId}.";
            else if ((before + i) % Sampled == 0 && !await HasWords(row, cancel)) yield return $"the history does not find case {workspace}/{row.CaseId} by its words.";
        }
    }

    private async ValueTask<Field?> Wrong(CaseNumber id, CaseState state, CancellationToken cancel)
    {
        await Learn(state, cancel);
        var expected = new BlockEdits();
        expected.Set(id, state, new Known(_codes));
        foreach (var block in expected.Fields)
        {
            var body = await Block(id, block.Field, cancel);
            if (expected.Changed(block, body) is not null) return block.Field;
        }
        return null;
    }

    private async ValueTask<bool> HasWords(CaseRow row, CancellationToken cancel)
    {
        var events = await journal.ReadStream(new StreamId(StreamKind.Case, row.Workspace, row.CaseId), 0, cancel);
        var words = events.Aggregate("", static (sofar, recorded) => CaseTexts.Add(sofar, recorded.Event));
        var first = words.Split($" {Words.Border} ")[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(4);
        var search = new CaseSearch { Customer = row.State.CustomerId, Text = $"\"{string.Join(' ', first)}\"" };
        return (await finder.Find(row.Workspace, search, long.MaxValue, 10_000, cancel)).Any(found => found.CaseId == row.CaseId);
    }

    private async ValueTask<byte[]?> Block(CaseNumber id, Field field, CancellationToken cancel)
    {
        if (_blocks.TryGetValue((id.Block, field), out var known)) return known;
        // Rows come newest first: the blocks before are not needed again.
        if (_blocks.Count > 64) _blocks.Clear();
        await tables.Fields(new Stretch(id.Workspace, id.Block, 1), [field], null, (block, _, body) => _blocks[(block, field)] = body.ToArray(), cancel);
        return _blocks.GetValueOrDefault((id.Block, field));
    }

    private async ValueTask Learn(CaseState state, CancellationToken cancel)
    {
        var names = CaseFields.Names(new CaseChange("", "", 0, state, "", [])).Where(name => name.Text.Length > 0 && !_codes.ContainsKey(name)).ToArray();
        if (names.Length == 0) return;
        var codes = await tables.Codes(names, cancel);
        for (var i = 0; i < names.Length; i++) _codes[names[i]] = codes[i];
    }

    private sealed class Known(Dictionary<(NameKind, string), int> codes) : INameCodes
    {
        public int Code(NameKind kind, string text) => text.Length == 0 ? 0 : codes[(kind, text)];
    }
}
