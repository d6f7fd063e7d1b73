using SQLitePCL;

namespace RoutingGrid.Journal.Sqlite.Native;

/// <summary>SQLite answered with an error code.</summary>
internal sealed class SqliteFailure(int code, string message, string doing) : Exception($"SQLite error {code} ({message}) while {doing}.")
{
    /// <summary>The code without its extension.</summary>
    internal int Code => code & 0xff;

    /// <summary>Neither the disk nor the file's own limit has room for more.</summary>
    internal bool IsFull => Code == raw.SQLITE_FULL;

    /// <summary>The disk did not do as told.</summary>
    internal bool IsInputOutput =>
        Code is raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_BUSY or raw.SQLITE_NOMEM;

    /// <summary>The file is damaged, or no database at all.</summary>
    internal bool IsDamage => Code is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;
}
