using RoutingGrid.Journal.History.Search;
using RoutingGrid.Journal.Sqlite.Native;
using RoutingGrid.Journal.Sqlite.Reading;

namespace RoutingGrid.Journal.History.Sqlite.Search;

/// <summary>Numbers for names, and the next number of a workspace's cases. Remembered, since every case asks for them.</summary>
internal sealed class CaseNames(Database database) : INameCodes
{
    private readonly Dictionary<(NameKind, string), int> _codes = [];
    private readonly Dictionary<string, int> _workspaces = new(StringComparer.Ordinal);
    private readonly Statement _find = database.Prepare("SELECT code FROM name WHERE kind = ? AND text = ?");
    private readonly Statement _add = database.Prepare("INSERT INTO name (kind, text) VALUES (?, ?) RETURNING code");
    private readonly Statement _findWorkspace = database.Prepare("SELECT number FROM workspace WHERE name = ?");
    private readonly Statement _addWorkspace = database.Prepare("INSERT INTO workspace (name, cases) VALUES (?, 0) RETURNING number");
    private readonly Statement _next = database.Prepare("UPDATE workspace SET cases = cases + 1 WHERE number = ? RETURNING cases - 1");

    /// <summary>0 for no name.</summary>
    public int Code(NameKind kind, string text)
    {
        if (text.Length == 0) return 0;
        if (_codes.TryGetValue((kind, text), out var code)) return code;
        return _codes[(kind, text)] = One(_find, kind, text) ?? One(_add, kind, text)!.Value;
    }

    internal int Workspace(string name)
    {
        if (_workspaces.TryGetValue(name, out var number)) return number;
        return _workspaces[name] = One(_findWorkspace, name) ?? One(_addWorkspace, name)!.Value;
    }

    internal CaseNumber Next(int workspace)
    {
        _next.Bind(1, workspace);
        return new CaseNumber(workspace, Reader.First(_next, static row => row.Number(0)));
    }

    internal void Forget()
    {
        _codes.Clear();
        _workspaces.Clear();
    }

    private static int? One(Statement statement, NameKind kind, string text)
    {
        statement.Bind(1, (int)kind);
        statement.Bind(2, text);
        return Reader.First(statement, static row => (int?)row.Number(0));
    }

    private static int? One(Statement statement, string text)
    {
        statement.Bind(1, text);
        return Reader.First(statement, static row => (int?)row.Number(0));
    }
}
