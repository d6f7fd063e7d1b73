using RoutingGrid.Journal.Memory;
using RoutingGrid.Journal.Postgres;

namespace RoutingGrid.Journal.Tests.Postgres;

public sealed class OpeningTests : PostgresTest
{
    [Fact]
    public async Task Who_opens_it_again_finds_everything()
    {
        var journal = await Open();
        await Fill(journal);
        var hash = await JournalHash.Of(journal);
        var etag = (await journal.Documents.Put("c", "k", "body"u8.ToArray(), null))!;
        await journal.Documents.Delete("c", "k", etag);
        await journal.DisposeAsync();

        var again = await Open();
        Assert.Equal(hash, await JournalHash.Of(again));
        Assert.Equal(["1", "2"], (await again.Read.CasesToRoute(Given.Workspace)).Select(row => row.CaseId));
        Assert.Equal("1", await again.Read.Claimed("message"));
        Assert.Single(await again.Read.Deadlines(DeadlineRow.ShardOf(Given.Deadline("1", 0).Owner), Given.Start.AddDays(1), 10));
        Assert.NotEqual(etag, await again.Documents.Put("c", "k", "body"u8.ToArray(), null));
        Assert.Equal(new AppendResult.VersionConflict(Given.Case("1"), 0, 2), await again.Append(Given.Append(Given.Notes(Given.Case("1"), 0, "x"))));
        Assert.Equal(5, await Commit(again, Given.Append(Given.Notes(Given.Case("1"), 2, "c"), Given.Put("1", Given.Held(Given.Queued(), "ben")))));
        Assert.Empty(await again.Read.CasesOf(Given.Workspace, "ana"));
    }

    [Fact]
    public async Task The_same_history_has_the_same_hash_as_in_memory()
    {
        var journal = await Open();
        await using var memory = new MemoryJournal();
        await Fill(journal);
        await Fill(memory);
        Assert.Equal(await JournalHash.Of(memory), await JournalHash.Of(journal));
    }

    [Fact]
    public async Task Closing_writes_what_waits_and_a_closed_journal_says_so()
    {
        var journal = await Open();
        var waiting = Send(journal, 100);
        await journal.DisposeAsync();
        await journal.DisposeAsync();
        Assert.All(await Task.WhenAll(waiting), result => Assert.IsType<AppendResult.Committed>(result));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await journal.Append(Given.Append(Given.Notes(Given.Case("1"), 0, "a"))));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await journal.ReadStream(Given.Case("1")));
    }

    [Fact]
    public async Task An_event_of_a_newer_version_is_not_passed_over_and_a_damaged_row_says_what_to_do()
    {
        var journal = await Open();
        await Fill(journal);
        await Execute("UPDATE slice SET events = replace(events, 'case.note-added', 'case.of-the-future')");
        Assert.Contains("case.of-the-future", (await Assert.ThrowsAsync<JournalUnusableException>(async () => await journal.ReadAll().ToListAsync())).Message, StringComparison.Ordinal);
        await Execute("UPDATE case_row SET body = '{'");
        Assert.Contains("backup", (await Assert.ThrowsAsync<JournalUnusableException>(async () => await journal.Read.CasesToRoute(Given.Workspace))).Message, StringComparison.Ordinal);
    }

    [Theory, InlineData("nonsense of hunter2"), InlineData("Host=127.0.0.1;Pasword=hunter2"), InlineData("Username=joe;Password=hunter2"), InlineData("postgres://joe:hunter2@127.0.0.1/x")]
    public async Task A_connection_that_cannot_be_understood_is_refused_without_repeating_it(string connection)
    {
        var thrown = await Assert.ThrowsAsync<JournalUnusableException>(() => Open(new PostgresJournalOptions { Connection = connection }));
        Assert.Contains("Host=", thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", thrown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_or_database_that_is_not_there_is_named_without_the_password()
    {
        var nobody = await Assert.ThrowsAsync<JournalUnusableException>(() => Open(new PostgresJournalOptions { Connection = "Host=127.0.0.1;Port=1;Database=d;Username=u;Password=hunter2" }));
        Assert.Contains("'d' at 127.0.0.1:1", nobody.Message, StringComparison.Ordinal);
        var server = await TestDatabases.Server();
        var missing = await Assert.ThrowsAsync<JournalUnusableException>(() => Open(new PostgresJournalOptions { Connection = server.Connection("never") + ";Password=hunter2" }));
        Assert.Contains("createdb", missing.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", nobody + missing.ToString(), StringComparison.Ordinal);

    }

    private static async Task Fill(IJournal journal)
    {
        await Commit(journal, new Append(
            [Given.Notes(Given.Case("1"), 0, "a", "á")],
            [Given.Put("1", Given.Offered(Given.Queued(), "ana")), Given.PutDeadline(Given.Deadline("1", 60))],
            [new Claim("message", "1")]));
        await Commit(journal, Given.Append(Given.Notes(Given.Case("2"), 0, "a"), Given.Put("2", Given.Queued())));
        await Commit(journal, Given.Append(Given.Notes(Given.Agent("ana"), 0, "a")));
    }
}
