using RoutingGrid.Journal.Codec;
using RoutingGrid.Journal.Sqlite.Native;

namespace RoutingGrid.Journal.Sqlite.Reading;

/// <summary>One connection that only reads, with the statements it has prepared so far. Used by one reader at a time.</summary>
internal sealed class Reader : IDisposable
{
    private readonly Database _database;
    private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _workspaces = new(StringComparer.Ordinal);

    internal Reader(string path)
    {
        _database = new Database(path);
        _database.Execute("PRAGMA query_only = 1; PRAGMA cache_size = -16384; PRAGMA mmap_size = 268435456;");
    }

    /// <summary>Reads on a connection that somebody else has, and closes.</summary>
    internal Reader(Database database) => _database = database;

    internal Statement this[string sql] =>
        _statements.TryGetValue(sql, out var statement) ? statement : _statements[sql] = _database.Prepare(sql);

    /// <summary>A workspace's number; null where it has no stream.</summary>
    internal long? Workspace(string name)
    {
        if (_workspaces.TryGetValue(name, out var id)) return id;
        if (Number(this["SELECT id FROM workspace WHERE name = ?"], name) is { } found) return _workspaces[name] = found;
        return null;
    }

    /// <summary>A stream's id; null where there is none.</summary>
    internal long? Stream(StreamId name)
    {
        if (Workspace(name.Workspace) is not { } workspace) return null;
        var find = this["SELECT id FROM stream WHERE kind = ? AND workspace = ? AND key = ?"];
        find.BindUtf8(1, Names<StreamKind>.Utf8(name.Kind));
        find.Bind(2, workspace);
        find.Bind(3, name.Id);
        return First(find, static row => (long?)row.Number(0));
    }

    /// <summary>The first row of a bound statement.</summary>
    internal static T? First<T>(Statement statement, Func<Statement, T> read)
    {
        try
        {
            return statement.Step() ? read(statement) : default;
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <summary>All rows of a bound statement.</summary>
    internal static List<T> All<T>(Statement statement, Func<Statement, T> read)
    {
        var rows = new List<T>();
        try
        {
            while (statement.Step()) rows.Add(read(statement));
        }
        finally
        {
            statement.Reset();
        }
        return rows;
    }

    public void Dispose() => _database.Dispose();

    private static long? Number(Statement statement, string text)
    {
        statement.Bind(1, text);
        return First(statement, static row => (long?)row.Number(0));
    }
}
