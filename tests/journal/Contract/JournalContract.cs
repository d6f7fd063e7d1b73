using RoutingGrid.Journal.Memory;
using RoutingGrid.Journal.Sqlite;
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

/// <summary>What every store must do: derived once per part, and run once per store.</summary>
public abstract class JournalContract(IStore store) : IAsyncLifetime
{
    protected IJournal Journal { get; private set; } = null!;

    protected IReadModels Read => Journal.Read;

    public async ValueTask InitializeAsync() => Journal = await store.Open();

    public async ValueTask DisposeAsync()
    {
        await Journal.DisposeAsync();
        await store.DisposeAsync();
    }

    protected async Task<long> Commit(Append append) => Assert.IsType<AppendResult.Committed>(await Journal.Append(append)).Position;

    protected async Task<List<RecordedEvent>> All(long after = 0) => await Journal.ReadAll(after).ToListAsync();
}
