using RoutingGrid.Journal.Memory;
using RoutingGrid.Journal.Postgres;
using RoutingGrid.Journal.Sqlite;
using RoutingGrid.Journal.Tests.Postgres;
using RoutingGrid.Journal.Tests.Sqlite;

namespace RoutingGrid.Journal.Tests.Contract;

/// <summary>Makes fresh journals of one kind.</summary>
public interface IStore : IAsyncDisposable
{
    Task<IJournal> Open();
}

public sealed class MemoryStore : IStore
{
    public Task<IJournal> Open() => Task.FromResult<IJournal>(new MemoryJournal());

    public ValueTask DisposeAsync() => default;
}

public sealed class SqliteStore : IStore
{
    private readonly TemporaryFolder _folder = new();

    public async Task<IJournal> Open() =>
        await SqliteJournal.Open(new SqliteJournalOptions { Path = _folder.File("journal.db") }, TimeProvider.System);

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return default;
    }
}

public sealed class PostgresStore : IStore
{
    public async Task<IJournal> Open() =>
        await PostgresJournal.Open(new PostgresJournalOptions { Connection = await TestDatabases.Create(), Lanes = 2 }, TimeProvider.System);

    public ValueTask DisposeAsync() => default;
}

/// <summary>As a server opens it that runs every grain in one process: nobody else writes, so versions are remembered and nothing is locked.</summary>
public sealed class LonePostgresStore : IStore
{
    public async Task<IJournal> Open() =>
        await PostgresJournal.Open(new PostgresJournalOptions { Connection = await TestDatabases.Create(), Exclusive = true, Lanes = 2 }, TimeProvider.System);

    public ValueTask DisposeAsync() => default;
}

/// <summary>What every store must do: derived once per part, and run once per store.</summary>
public abstract class JournalContract(IStore store) : IAsyncLifetime
{
    protected IJournal Journal { get; private set; } = null!;

    protected IReadModels Read => Journal.Read;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Journal = await store.Open();

    public virtual async ValueTask DisposeAsync()
    {
        // Null where the store is not to be had here, and the test was skipped.
        if (Journal is not null) await Journal.DisposeAsync();
        await store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task<long> Commit(Append append) => Assert.IsType<AppendResult.Committed>(await Journal.Append(append)).Position;

    protected async Task<List<RecordedEvent>> All(long after = 0) => await Journal.ReadAll(after).ToListAsync();
}
