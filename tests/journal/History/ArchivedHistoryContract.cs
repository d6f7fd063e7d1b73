using RoutingGrid.Journal.Archive;
using RoutingGrid.Journal.History;
using RoutingGrid.Journal.History.Search;
using RoutingGrid.Journal.Sqlite;
using RoutingGrid.Journal.Tests.Archive;
using RoutingGrid.Journal.Tests.Contract;
using RoutingGrid.Journal.Tests.Sqlite;

namespace RoutingGrid.Journal.Tests.History;

/// <summary>What is in an archive is not found, whoever died before the history was told.</summary>
public abstract class ArchivedHistoryContract(IStore store) : JournalContract(store)
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Archived_cases_are_not_found_until_they_go_on()
    {
        var center = await Center("old", "open", "old");
        await using var history = JournalHistory.Of(Journal, TimeProvider.System);
        Assert.Equal(["old-2", "open-1", "old-1"], await Found(history));
        await Archive(center);
        Assert.Equal(["old-2", "open-1", "old-1"], await Found(history));
        await history.Archived(Cancel);
        Assert.Equal(["open-1"], await Found(history));
        Assert.Equal(["open-1"], await Found(history, new CaseSearch { Text = "hola" }));
        Assert.Empty(await Found(history, new CaseSearch { Customer = "old" }));

        await center.Note("old-1");
        await center.Reopen("old-2");
        Assert.Equal(["old-2", "old-1", "open-1"], await Found(history, new CaseSearch { Text = "hola" }));
        await history.Archived(Cancel);
        Assert.Equal(["old-2"], await Found(history, new CaseSearch { Agent = "ana" }));
        await center.Close("old-2");
        await Archive(center);
        await history.Archived(Cancel);
        Assert.Equal(["open-1"], await Found(history));
        Assert.Empty(await history.Inspect(Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task What_left_while_nobody_could_say_so_is_not_found_by_the_next_process()
    {
        var center = await Center("old", "open", "old", "old");
        await using (var followed = JournalHistory.Of(Journal, TimeProvider.System)) Assert.Equal(4, (await Found(followed)).Count);
        var dying = center.Order(_folder.File("archive")) with { BatchCases = 2, Before = step => step == ArchiveStep.Done ? throw new IOException("killed") : Task.CompletedTask };
        await Assert.ThrowsAsync<IOException>(async () => await Journal.Archiving().Archive(dying, Cancel).ToListAsync(Cancel));

        await using (var history = JournalHistory.Of(Journal, TimeProvider.System))
        {
            Assert.Equal(["old-3", "open-1"], await Found(history));
            Assert.Empty(await history.Inspect(Cancel).ToListAsync(Cancel));
        }
        // Nobody who has gone on meanwhile is taken out a second time.
        await center.Note("old-1");
        await using var next = JournalHistory.Of(Journal, TimeProvider.System);
        Assert.Equal(["old-1", "old-3", "open-1"], (await Found(next)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Who_goes_on_before_the_history_is_told_is_found()
    {
        var center = await Center("old", "old");
        await using var history = JournalHistory.Of(Journal, TimeProvider.System);
        Assert.Equal(2, (await Found(history)).Count);
        await Archive(center);
        await center.Reopen("old-1");
        await history.Archived(Cancel);
        Assert.Equal(["old-1"], await Found(history, new CaseSearch { Text = "hola" }));
        Assert.Empty(await history.Inspect(Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task What_is_in_an_archive_is_not_found_by_a_history_that_is_built_anew()
    {
        var center = await Center("old", "open");
        await Archive(center);
        await using var history = JournalHistory.Of(Journal, TimeProvider.System);
        await history.Rebuild(cancel: Cancel);
        Assert.Equal(["open-1"], await Found(history, new CaseSearch { Text = "hola" }));
        Assert.Empty(await history.Inspect(Cancel).ToListAsync(Cancel));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A case per customer; all but those of "open" are closed.</summary>
    private async Task<SmallCenter> Center(params string[] customers)
    {
        await Commit(Given.Configured(Given.Workspace));
        var center = new SmallCenter(Journal);
        foreach (var customer in customers) await (customer == "open" ? center.Open(customer) : center.Closed(customer));
        return center;
    }

    private async Task Archive(SmallCenter center) => Assert.NotEmpty(await Journal.Archiving().Archive(center.Order(_folder.File("archive")), Cancel).ToListAsync(Cancel));

    private static async Task<IReadOnlyList<string>> Found(JournalHistory history, CaseSearch? search = null) =>
        (await history.Find(Given.Workspace, search ?? new CaseSearch(), null, 10, Cancel)).Items;
}

public sealed class SqliteArchivedHistory() : ArchivedHistoryContract(new SqliteStore())
{
    [Fact]
    public async Task A_journal_that_was_restored_from_before_its_archive_has_another_history()
    {
        using var folder = new TemporaryFolder();
        var (path, backup, historyPath) = (folder.File("journal.db"), folder.File("backup.db"), folder.File("history"));
        await using (var journal = await Open(path))
        {
            await journal.Append(Given.Configured(Given.Workspace), Cancel);
            await new SmallCenter(journal).Closed("old");
        }
        File.Copy(path, backup);
        await using (var journal = await Open(path))
        await using (var history = JournalHistory.InFile(journal, historyPath, TimeProvider.System))
        {
            Assert.Equal(["old-1"], (await history.Find(Given.Workspace, new CaseSearch(), null, 10, Cancel)).Items);
            Assert.Single(await journal.Archive(new ArchiveOrder(folder.File("archive"), Given.Start.AddDays(1), Given.Start.AddDays(1)), Cancel).ToListAsync(Cancel));
            await history.Archived(Cancel);
            Assert.Empty((await history.Find(Given.Workspace, new CaseSearch(), null, 10, Cancel)).Items);
        }
        await using var restored = await Open(backup);
        await using var anew = JournalHistory.InFile(restored, historyPath, TimeProvider.System);
        Assert.Equal(["old-1"], (await anew.Find(Given.Workspace, new CaseSearch(), null, 10, Cancel)).Items);

        static Task<SqliteJournal> Open(string path) => SqliteJournal.Open(new SqliteJournalOptions { Path = path }, TimeProvider.System);
    }
}

public sealed class PostgresArchivedHistory() : ArchivedHistoryContract(new PostgresStore());
