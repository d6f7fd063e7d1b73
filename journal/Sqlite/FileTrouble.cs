using RoutingGrid.Journal.Sqlite.Native;

namespace RoutingGrid.Journal.Sqlite;

/// <summary>What SQLite says of a file, as an operator needs to hear it.</summary>
internal static class FileTrouble
{
    internal static Exception Explain(Exception cause, string path) => cause switch
    {
        SqliteFailure { IsDamage: true } => new JournalUnusableException(
            $"{path} is damaged, or is no SQLite database. Restore it from a backup, or save what can be read with `sqlite3 {path} .recover`.", cause),
        SqliteFailure { IsInputOutput: true } or SqliteFailure { IsFull: true } => new JournalUnusableException(
            $"{path} cannot be read and written: {cause.Message} Check the folder's permissions and the disk.", cause),
        _ => cause,
    };
}
