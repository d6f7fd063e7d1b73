using RoutingGrid.Journal;
using RoutingGrid.Journal.Archive;
using RoutingGrid.Journal.Postgres;
using RoutingGrid.Journal.Sqlite;
using RoutingGrid.Silo.Hosting;

namespace RoutingGrid.Silo.Doctor;

/// <summary>A durable journal that is looked at or mended rather than served.</summary>
internal sealed class StoredJournal(IJournal journal, bool isAtRest, string? copy = null) : IAsyncDisposable
{
    public IJournal Journal => journal;

    public IJournalMaintenance Maintenance => (IJournalMaintenance)journal;

    public IJournalArchive Archive => (IJournalArchive)journal;

    /// <summary>Nobody writes to what is read. A SQLite journal that is in use is copied; a PostgreSQL journal goes on.</summary>
    public bool IsAtRest => isAtRest;

    /// <summary>Its history is at rest too. A copy of a journal has none.</summary>
    public bool HasHistory => isAtRest && copy is null;

    /// <param name="live">A server may be using it.</param>
    /// <exception cref="JournalUnusableException">There is none, it cannot be opened, or it is in use.</exception>
    public static async Task<StoredJournal> Open(HostSettings settings, bool live, CancellationToken cancel)
    {
        if (settings.Store == JournalStore.Postgres)
        {
            var options = new PostgresJournalOptions { Connection = Journals.ConnectionOf(settings), Migrate = false, Exclusive = !live, ArchiveFolder = settings.ArchiveFolder };
            return new StoredJournal(await PostgresJournal.Open(options, TimeProvider.System, cancel: cancel), !live);
        }
        var path = Journals.PathOf(settings);
        if (!File.Exists(path)) throw new JournalUnusableException($"There is no journal at {path}. Name its folder with --data, or a server with --postgres.");
        var stored = new SqliteJournalOptions { Path = path, ArchiveFolder = settings.ArchiveFolder, ArchiveRoot = Path.GetDirectoryName(path) };
        if (!live) return new StoredJournal(await SqliteJournal.Open(stored, TimeProvider.System), true);
        var folder = Directory.CreateTempSubdirectory("routinggrid-doctor-").FullName;
        try
        {
            SqliteJournal.Copy(path, path = Path.Combine(folder, Journals.FileName));
            return new StoredJournal(await SqliteJournal.Open(stored with { Path = path }, TimeProvider.System), true, folder);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await journal.DisposeAsync();
        if (copy is not null) Directory.Delete(copy, recursive: true);
    }
}
