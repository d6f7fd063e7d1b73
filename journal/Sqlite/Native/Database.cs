using SQLitePCL;

namespace RoutingGrid.Journal.Sqlite.Native;

/// <summary>One connection. Used by one thread at a time.</summary>
internal sealed class Database : IDisposable
{
    /// <summary>Milliseconds for which a lock is waited for.</summary>
    internal const int Patience = 5000;

    private readonly sqlite3 _handle;
    private readonly List<Statement> _statements = [];

    static Database() => Batteries_V2.Init();

    internal Database(string path)
    {
        // No mutex of SQLite's own: whoever uses a connection has it alone.
        const int flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX;
        var code = raw.sqlite3_open_v2(path, out _handle, flags, null);
        if (code != raw.SQLITE_OK)
        {
            var message = raw.sqlite3_errstr(code).utf8_to_string();
            _handle?.Dispose();
            throw new SqliteFailure(code, message, $"opening {path}");
        }
        raw.sqlite3_extended_result_codes(_handle, 1);
        raw.sqlite3_busy_timeout(_handle, Patience);
    }

    /// <summary>Whether a transaction is open.</summary>
    internal bool InTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <summary>Rows changed by the last statement.</summary>
    internal int Changes => raw.sqlite3_changes(_handle);

    /// <summary>Rows changed since the connection was opened, in shadow tables too.</summary>
    internal int TotalChanges => raw.sqlite3_total_changes(_handle);

    /// <summary>Pages that this connection has written since it was opened.</summary>
    internal long PagesWritten
    {
        get
        {
            const int cacheWrite = 9; // SQLITE_DBSTATUS_CACHE_WRITE
            raw.sqlite3_db_status(_handle, cacheWrite, out var pages, out _, 0);
            return (uint)pages;
        }
    }

    internal Statement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle), sql);
        var statement = new Statement(this, handle, sql);
        _statements.Add(statement);
        return statement;
    }

    /// <summary>Runs one or more statements that answer nothing of interest.</summary>
    internal void Execute(string sql) => Check(raw.sqlite3_exec(_handle, sql), sql);

    /// <summary>The first column of the first row as text; null where there is none.</summary>
    internal string? Ask(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() && !statement.IsNull(0) ? statement.Text(0) : null;
    }

    internal void Check(int code, string doing)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
            throw new SqliteFailure(code, raw.sqlite3_errmsg(_handle).utf8_to_string(), doing);
    }

    internal void Forget(Statement statement) => _statements.Remove(statement);

    public void Dispose()
    {
        foreach (var statement in _statements.ToArray()) statement.Dispose();
        _handle.Dispose();
    }
}
