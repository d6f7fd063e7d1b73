using Npgsql;
using RoutingGrid.Journal.History.Search;

namespace RoutingGrid.Journal.History.Postgres;

/// <summary>Numbers for names and workspaces, and the next numbers of a workspace's cases. Remembered, since every case asks for them; nobody else can add any while the position is locked,
/// and none is ever changed.</summary>
internal sealed class CaseNames(NpgsqlConnection connection) : INameCodes
{
    private const string Find = "SELECT n.kind, n.text, n.code FROM unnest($1::smallint[], $2::text[]) AS u(kind, text) JOIN history_name n ON n.kind = u.kind AND n.text = u.text";
    private const string Add = "INSERT INTO history_name (kind, text) SELECT * FROM unnest($1::smallint[], $2::text[]) ON CONFLICT DO NOTHING";
    private const string FindWorkspaces = "SELECT name, number FROM history_workspace WHERE name = ANY ($1::text[])";
    private const string AddWorkspaces = "INSERT INTO history_workspace (name, cases) SELECT u.name, 0 FROM unnest($1::text[]) AS u(name) ON CONFLICT DO NOTHING";
    private const string Next = "UPDATE history_workspace SET cases = cases + $2 WHERE number = $1 RETURNING cases - $2";

    private readonly Dictionary<(NameKind, string), int> _codes = [];
    private readonly Dictionary<string, int> _workspaces = new(StringComparer.Ordinal);

    public int Code(NameKind kind, string text) => text.Length == 0 ? 0 : _codes[(kind, text)];

    internal int Workspace(string name) => _workspaces[name];

    /// <summary>Knows all names of a batch from now on.</summary>
    internal async Task Learn(IReadOnlyCollection<CaseChange> changes)
    {
        await Learn(changes.Select(change => change.Workspace));
        var names = changes.SelectMany(CaseFields.Names).Where(name => name.Text.Length > 0 && !_codes.ContainsKey(name)).Distinct().ToArray();
        if (names.Length == 0) return;
        var (kinds, texts) = (names.Select(name => (short)name.Kind).ToArray(), names.Select(name => name.Text).ToArray());
        await connection.Run(Add, kinds, texts);
        await connection.Each(Find, row => _codes[((NameKind)row.GetInt16(0), row.GetString(1))] = row.GetInt32(2), kinds, texts);
    }

    internal async Task Learn(IEnumerable<string> names)
    {
        var workspaces = names.Where(name => !_workspaces.ContainsKey(name)).Distinct().ToArray();
        if (workspaces.Length == 0) return;
        await connection.Run(AddWorkspaces, (object)workspaces);
        await connection.Each(FindWorkspaces, row => _workspaces[row.GetString(0)] = row.GetInt32(1), (object)workspaces);
    }

    /// <summary>The first of some new places.</summary>
    internal async Task<long> Take(string workspace, int count)
    {
        var first = 0L;
        await connection.Each(Next, row => first = row.GetInt64(0), _workspaces[workspace], (long)count);
        return first;
    }

    internal void Forget()
    {
        _codes.Clear();
        _workspaces.Clear();
    }
}
