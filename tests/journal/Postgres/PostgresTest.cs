using RoutingGrid.Journal.Postgres;

namespace RoutingGrid.Journal.Tests.Postgres;

/// <summary>What tests of the PostgreSQL journal share: a database of their own, and as many journals on it as they open.</summary>
public abstract class PostgresTest : IAsyncLifetime
{
    private readonly List<PostgresJournal> _opened = [];

    internal string Connection { get; private set; } = "";

    internal PostgresJournalOptions Options => new() { Connection = Connection, Lanes = 2, Together = 0 };

    public virtual async ValueTask InitializeAsync() => Connection = await TestDatabases.Create();

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var journal in _opened) await journal.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    internal async Task<PostgresJournal> Open(PostgresJournalOptions? options = null)
    {
        var journal = await PostgresJournal.Open(options ?? Options, TimeProvider.System);
        _opened.Add(journal);
        return journal;
    }

    internal Task Execute(string sql) => TestDatabases.Execute(Connection + ";Search Path=routinggrid", sql);

    internal async Task<string?> Ask(string sql) =>
        Convert.ToString(await TestDatabases.Ask(Connection + ";Search Path=routinggrid", sql), System.Globalization.CultureInfo.InvariantCulture);

    internal static async Task<long> Commit(IJournal journal, Append append) =>
        Assert.IsType<AppendResult.Committed>(await journal.Append(append)).Position;

    internal static async Task<List<long>> Positions(IJournal journal, long after = 0) =>
        [.. (await journal.ReadAll(after).ToListAsync()).Select(recorded => recorded.Position)];

    internal static Task<AppendResult>[] Send(IJournal journal, int count, string name = "case") =>
        [.. Enumerable.Range(0, count).Select(i => journal.Append(Given.Append(Given.Notes(Given.Case($"{name} {i}"), 0, "a"))).AsTask())];
}

/// <summary>A place at which writers stop, with their transaction open, while it is closed.</summary>
internal sealed class Gate
{
    private volatile TaskCompletionSource _passing = Passing(true);
    private TaskCompletionSource _reached = Passing(false);

    internal void Close()
    {
        _reached = Passing(false);
        _passing = Passing(false);
    }

    internal void Open() => _passing.TrySetResult();

    /// <summary>Somebody stands before the closed gate.</summary>
    internal Task Reached => _reached.Task;

    internal Task Pass()
    {
        var passing = _passing.Task;
        if (!passing.IsCompleted) _reached.TrySetResult();
        return passing;
    }

    private static TaskCompletionSource Passing(bool now)
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (now) source.SetResult();
        return source;
    }
}
