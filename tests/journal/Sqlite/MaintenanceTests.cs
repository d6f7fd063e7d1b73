using System.Collections.Immutable;
using RoutingGrid.Journal.Audit;
using RoutingGrid.Journal.Sqlite;
using RoutingGrid.Journal.Sqlite.Native;
using RoutingGrid.Journal.Tests.Personal;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Tests.Sqlite;

/// <summary>What is found in a journal that is not as it was written, and what can be made again.</summary>
public sealed class MaintenanceTests : SqliteTest
{
    [Fact]
    public async Task A_journal_as_it_was_written_is_sound()
    {
        await using (var journal = await Open()) await SmallJournal.Fill(journal);
        await using var again = await Open();
        Assert.Empty(await Damages(again));
        Assert.Empty((await JournalAudit.Of(again, TimeSpan.FromSeconds(30))).Violations);
    }

    [Theory]
    [InlineData("UPDATE slice SET events = replace(events, 'chat', 'chit') WHERE position = (SELECT min(position) FROM slice WHERE events LIKE '%chat%')", "checksum")]
    [InlineData("UPDATE slice SET version = version + 10 WHERE position = (SELECT max(position) FROM slice)", "checksum")]
    [InlineData("DELETE FROM slice WHERE position = (SELECT max(position) FROM slice WHERE position < (SELECT max(position) FROM slice))", "positions")]
    [InlineData("UPDATE slice SET checksum = NULL, version = version + 10 WHERE position = (SELECT max(position) FROM slice)", "a stream goes on from version")]
    [InlineData("UPDATE slice SET checksum = NULL, events = '[\"case.queued\",{\"at\":' WHERE position = (SELECT max(position) FROM slice)", "")]
    [InlineData("UPDATE slice SET checksum = NULL, events = replace(events, 'case.queued', 'case.of-the-future')", "case.of-the-future")]
    public async Task What_was_changed_behind_its_back_is_found_with_its_place(string behind, string what)
    {
        await using (var journal = await Open()) await SmallJournal.Fill(journal);
        Execute(behind);
        await using var again = await Open();
        var damage = (await Damages(again))[0];
        Assert.NotNull(damage.Position);
        Assert.Contains(what, damage.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_written_before_there_were_checksums_is_read_without()
    {
        await using (var journal = await Open()) await SmallJournal.Fill(journal);
        Execute("UPDATE slice SET checksum = NULL");
        await using var again = await Open();
        Assert.Empty(await Damages(again));
    }

    [Fact]
    public async Task A_file_of_the_first_version_gets_what_it_lacks()
    {
        await using (var journal = await Open()) await SmallJournal.Fill(journal);
        OldFile.Make(FilePath);
        await using var again = await Open();
        await SmallJournal.Open("after", again);
        Assert.Empty(await Damages(again));
        using var database = new Database(FilePath);
        Assert.Equal("1", database.Ask("SELECT count(*) FROM slice WHERE checksum IS NOT NULL"));
    }

    [Fact]
    public async Task Damaged_pages_are_found()
    {
        await using (var journal = await Open())
            for (var number = 0; number < 200; number++) await SmallJournal.Open($"{number}", journal);
        using (var file = File.OpenWrite(FilePath))
        {
            file.Position = file.Length / 4096 / 2 * 4096;
            file.Write(Enumerable.Repeat((byte)0xEE, 4096).ToArray());
        }
        await using var again = await Open();
        Assert.NotEmpty(await Damages(again));
    }

    [Fact]
    public async Task Rows_are_made_again_from_the_events()
    {
        await using (var journal = await Open()) await SmallJournal.Fill(journal);
        Execute(
            """
            UPDATE case_row SET queue = 'other', body = replace(body, 'support', 'other') WHERE id = (SELECT min(id) FROM case_row);
            DELETE FROM case_row WHERE id = (SELECT max(id) FROM case_row);
            INSERT INTO case_row SELECT id, 1, 'Queued', 1, 'support', id, '', '{}' FROM stream WHERE kind = 'agent' LIMIT 1;
            DELETE FROM agent_row; DELETE FROM case_agent; DELETE FROM deadline;
            """);
        await using var again = await Open();
        Assert.NotEmpty((await JournalAudit.Of(again, TimeSpan.FromSeconds(30))).Violations);
        var rebuilt = await again.Rebuild(cancel: TestContext.Current.CancellationToken);
        Assert.Equal(new Rebuilt(3, 1, 1), rebuilt);
        Assert.Empty((await JournalAudit.Of(again, TimeSpan.FromSeconds(30))).Violations);
        Assert.Equal(["1", "2", "3"], (await again.Read.CasesToRoute(Given.Workspace)).Select(row => row.CaseId));
        Assert.Equal("3", Assert.Single(await again.Read.CasesOf(Given.Workspace, "ana")).CaseId);
        // What the writer remembers of rows is what they are now.
        await SmallJournal.Open("4", again);
        Assert.Equal(4, (await again.Read.CasesToRoute(Given.Workspace)).Count);
    }

    [Fact]
    public async Task What_is_written_beside_a_rebuild_is_in_the_rows()
    {
        await using var journal = await Open();
        for (var number = 0; number < 40; number++) await SmallJournal.Open($"{number}", journal);
        Task[] work;
        using (HoldWriter())
        {
            work = [.. Enumerable.Range(0, 20).Select(number => SmallJournal.Offer($"{number}", journal)), journal.Rebuild(cancel: TestContext.Current.CancellationToken), .. Enumerable.Range(20, 20).Select(number => SmallJournal.Offer($"{number}", journal))];
        }
        await Task.WhenAll(work);
        Assert.Equal(40, (await journal.Read.CasesOf(Given.Workspace, "ana")).Count);
        Assert.Equal(40, (await journal.Read.CasesToRoute(Given.Workspace)).Count(row => row.State.Status == CaseStatus.Offered));
    }

    [Fact]
    public async Task A_rebuild_that_is_stopped_has_changed_nothing()
    {
        await using var journal = await Open();
        await SmallJournal.Fill(journal);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => journal.Rebuild(cancel: stop.Token));
        Assert.Empty((await JournalAudit.Of(journal, TimeSpan.FromSeconds(30))).Violations);
        Assert.Equal(3, (await journal.Read.CasesToRoute(Given.Workspace)).Count);
    }

    [Fact]
    public async Task A_copy_is_a_journal_of_its_own_while_the_other_goes_on()
    {
        await using var journal = await Open();
        await SmallJournal.Fill(journal);
        var copy = FilePath + ".copy";
        SqliteJournal.Copy(FilePath, copy);
        await SmallJournal.Open("4", journal);
        await using var copied = await SqliteJournal.Open(new SqliteJournalOptions { Path = copy }, TimeProvider.System);
        Assert.Equal(3, (await copied.Read.CasesToRoute(Given.Workspace)).Count);
        Assert.Empty(await Damages(copied));
    }

    private void Execute(string sql)
    {
        using var database = new Database(FilePath);
        database.Execute(sql);
    }

    private static Task<List<Damage>> Damages(IJournalMaintenance journal) => journal.Inspect().ToListAsync().AsTask();
}
