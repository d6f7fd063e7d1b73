using RoutingGrid.Journal.Sqlite;
using RoutingGrid.Journal.Sqlite.Native;

namespace RoutingGrid.Journal.Tests.Sqlite;

/// <summary>What tests of the SQLite journal share.</summary>
public abstract class SqliteTest : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    internal string FilePath => _folder.File("journal.db");

    internal SqliteJournalOptions Options => new() { Path = FilePath };

    internal Task<SqliteJournal> Open(SqliteJournalOptions? options = null) => SqliteJournal.Open(options ?? Options, TimeProvider.System);

    internal async Task<string> WhyUnusable() => (await Assert.ThrowsAsync<JournalUnusableException>(() => Open())).Message;

    internal static async Task<long> Commit(IJournal journal, Append append) =>
        Assert.IsType<AppendResult.Committed>(await journal.Append(append)).Position;

    /// <summary>Holds the file's write lock, so that the writer waits in the beginning of its next commit until this is disposed.</summary>
    internal IDisposable HoldWriter() => new WriteLock(FilePath);

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private sealed class WriteLock : IDisposable
    {
        private readonly Database _database;

        internal WriteLock(string path)
        {
            _database = new Database(path);
            _database.Execute("BEGIN IMMEDIATE");
        }

        public void Dispose()
        {
            _database.Execute("ROLLBACK");
            _database.Dispose();
        }
    }
}
