using RoutingGrid.Journal.Audit;
using RoutingGrid.Journal.Postgres;

namespace RoutingGrid.Journal.Tests.Postgres;

/// <summary>What is found in a database that is not as it was written, and what can be made again.</summary>
public sealed class MaintenanceTests : PostgresTest
{
    [Fact]
    public async Task A_journal_as_it_was_written_is_sound_also_with_a_gap_where_a_group_was_undone()
    {
        var journal = await Open();
        await SmallJournal.Fill(journal);
        await Execute("SELECT setval('last_position', (SELECT last_value + 7 FROM last_position))");
        await SmallJournal.Open("4", journal);
        Assert.Empty(await Damages(journal));
        Assert.Empty((await JournalAudit.Of(journal, TimeSpan.FromSeconds(30))).Violations);
    }

    [Theory]
    [InlineData("UPDATE slice SET events = replace(events, 'chat', 'chit') WHERE position = (SELECT min(position) FROM slice WHERE events LIKE '%chat%')", "checksum")]
    [InlineData("UPDATE slice SET version = version + 10 WHERE position = (SELECT max(position) FROM slice)", "checksum")]
    [InlineData("UPDATE slice SET checksum = NULL, version = version + 10 WHERE position = (SELECT max(position) FROM slice)", "a stream goes on from version")]
    [InlineData("UPDATE slice SET checksum = NULL, events = '[\"case.queued\",{\"at\":' WHERE position = (SELECT max(position) FROM slice)", "")]
    [InlineData("UPDATE slice SET checksum = NULL, events = replace(events, 'case.queued', 'case.of-the-future')", "case.of-the-future")]
    [InlineData("UPDATE slice SET position = position - 1 WHERE position = (SELECT max(position) FROM slice)", "used twice")]
    [InlineData("DELETE FROM slice WHERE position = (SELECT max(position) FROM slice)", "its events end at 0")]
    [InlineData("DELETE FROM stream WHERE key = '2'", "no row")]
    [InlineData("SELECT setval('last_position', 1)", "the last position that was taken is 1")]
    public async Task What_was_changed_behind_its_back_is_found(string behind, string what)
    {
        var journal = await Open();
        await SmallJournal.Fill(journal);
        await Execute(behind);
        Assert.Contains(what, (await Damages(journal))[0].What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_written_before_there_were_checksums_is_read_without()
    {
        var journal = await Open();
        await SmallJournal.Fill(journal);
        await Execute("UPDATE slice SET checksum = NULL");
        Assert.Empty(await Damages(journal));
    }

    [Fact]
    public async Task Rows_are_made_again_from_the_events()
    {
        var journal = await Open();
        await SmallJournal.Fill(journal);
        await Execute(
            """
            UPDATE case_row SET queue = 'other', body = replace(body, 'support', 'other') WHERE id = (SELECT min(id) FROM case_row);
            DELETE FROM case_row WHERE id = (SELECT max(id) FROM case_row);
            DELETE FROM agent_row; DELETE FROM case_agent; UPDATE open_case SET agent = '', routable = NOT routable; DELETE FROM deadline; DELETE FROM offer_deadline;
            """);
        Assert.NotEmpty((await JournalAudit.Of(journal, TimeSpan.FromSeconds(30))).Violations);
        Assert.Equal(new Rebuilt(3, 1, 1), await journal.Rebuild(cancel: TestContext.Current.CancellationToken));
        Assert.Empty((await JournalAudit.Of(journal, TimeSpan.FromSeconds(30))).Violations);
        Assert.Equal(["1", "2", "3"], (await journal.Read.CasesToRoute(Given.Workspace)).Select(row => row.CaseId));
        Assert.Equal("3", Assert.Single(await journal.Read.CasesOf(Given.Workspace, "ana")).CaseId);
        await SmallJournal.Open("4", journal);
        Assert.Equal(4, (await journal.Read.CasesToRoute(Given.Workspace)).Count);
    }

    [Fact]
    public async Task More_streams_than_are_taken_at_once_are_all_made_again()
    {
        var journal = await Open();
        await Task.WhenAll(Enumerable.Range(0, 1203).Select(number => SmallJournal.Open($"{number}", journal)));
        Assert.Equal(new Rebuilt(1203, 0, 0), await journal.Rebuild(cancel: TestContext.Current.CancellationToken));
        Assert.Equal(1203, (await journal.Read.CasesToRoute(Given.Workspace)).Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_rebuild_that_is_stopped_or_meets_an_unreadable_event_has_changed_nothing(bool isStopped)
    {
        var journal = await Open();
        await SmallJournal.Fill(journal);
        using var stop = new CancellationTokenSource();
        if (!isStopped) await Execute("UPDATE slice SET events = replace(events, 'case.queued', 'case.of-the-future') WHERE position = (SELECT max(position) FROM slice)");
        var progress = new Told(_ => stop.Cancel());
        if (isStopped) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => journal.Rebuild(progress, stop.Token));
        else await Assert.ThrowsAsync<JournalUnusableException>(() => journal.Rebuild(progress, stop.Token));
        Assert.Equal(3, (await journal.Read.CasesToRoute(Given.Workspace)).Count);
    }

    private static Task<List<Damage>> Damages(IJournalMaintenance journal) => journal.Inspect().ToListAsync().AsTask();

    private sealed class Told(Action<long> tell) : IProgress<long>
    {
        public void Report(long value) => tell(value);
    }
}
