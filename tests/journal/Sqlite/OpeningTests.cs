using System.Text;
using RoutingGrid.Journal.Memory;
using RoutingGrid.Journal.Sqlite.Native;

namespace RoutingGrid.Journal.Tests.Sqlite;

public sealed class OpeningTests : SqliteTest
{
    [Fact]
    public async Task Who_opens_it_again_finds_everything()
    {
        string hash, etag;
        await using (var journal = await Open())
        {
            await Fill(journal);
            hash = await JournalHash.Of(journal);
            etag = (await journal.Documents.Put("c", "k", "body"u8.ToArray(), null))!;
            await journal.Documents.Delete("c", "k", etag);
        }
        await using var again = await Open();
        Assert.Equal(hash, await JournalHash.Of(again));
        Assert.Equal(["1", "2"], (await again.Read.CasesToRoute(Given.Workspace)).Select(row => row.CaseId));
        Assert.Equal("1", await again.Read.Claimed("message"));
        Assert.Single(await again.Read.Deadlines(DeadlineRow.ShardOf(Given.Deadline("1", 0).Owner), Given.Start.AddDays(1), 10));
        Assert.NotEqual(etag, await again.Documents.Put("c", "k", "body"u8.ToArray(), null));

        Assert.Equal(new AppendResult.VersionConflict(Given.Case("1"), 0, 2), await again.Append(Given.Append(Given.Notes(Given.Case("1"), 0, "x"))));
        Assert.Equal(5, await Commit(again, Given.Append(Given.Notes(Given.Case("1"), 2, "c"), Given.Put("1", Given.Held(Given.Queued(), "ben")))));
        Assert.Empty(await again.Read.CasesOf(Given.Workspace, "ana"));
        Assert.Equal("1", Assert.Single(await again.Read.CasesOf(Given.Workspace, "ben")).CaseId);
    }

    [Fact]
    public async Task The_same_history_has_the_same_hash_in_every_store()
    {
        await using var sqlite = await Open();
        await using var memory = new MemoryJournal();
        await Fill(sqlite);
        await Fill(memory);
        var hash = await JournalHash.Of(memory);
        Assert.Equal(hash, await JournalHash.Of(sqlite));
        await memory.Append(Given.Append(Given.Notes(Given.Case("1"), 2, "more")));
        Assert.NotEqual(hash, await JournalHash.Of(memory));
        Assert.Matches("^[0-9a-f]{64}$", hash);
    }

    [Fact]
    public async Task A_second_journal_on_the_same_file_is_refused()
    {
        await using var journal = await Open();
        Assert.Contains("in use", await WhyUnusable(), StringComparison.Ordinal);

        using var other = OtherProcess.Start("open", FilePath);
        var said = await other.StandardOutput.ReadToEndAsync();
        await other.WaitForExitAsync();
        Assert.Equal(OtherProcess.Refused, other.ExitCode);
        Assert.Contains(FilePath, said, StringComparison.Ordinal);
        Assert.Contains("in use", said, StringComparison.Ordinal);
        await Fill(journal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused()
    {
        File.WriteAllText(FilePath, new string('x', 10_000));
        Assert.Contains("damaged", await WhyUnusable(), StringComparison.Ordinal);
        Assert.Equal(10_000, new FileInfo(FilePath).Length);
    }

    [Fact]
    public async Task A_place_where_no_file_can_be_is_not_taken_for_one_in_use()
    {
        await File.WriteAllTextAsync(FilePath, "a file", TestContext.Current.CancellationToken);
        var below = Options with { Path = Path.Combine(FilePath, "journal.db") };
        var why = (await Assert.ThrowsAsync<JournalUnusableException>(() => Open(below))).Message;
        Assert.Contains("cannot be made", why, StringComparison.Ordinal);
        Assert.DoesNotContain("another process", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_was_cut_short_is_refused()
    {
        await using (var journal = await Open()) await Fill(journal);
        using (var file = File.OpenWrite(FilePath)) file.SetLength(file.Length / 2 / 4096 * 4096);
        Assert.Contains("backup", await WhyUnusable(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_something_else_is_refused_and_not_touched()
    {
        using (var database = new Database(FilePath)) database.Execute("CREATE TABLE theirs (x)");
        Assert.Contains("something else", await WhyUnusable(), StringComparison.Ordinal);
        using var again = new Database(FilePath);
        Assert.Equal("theirs", again.Ask("SELECT group_concat(name) FROM sqlite_master"));
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_refused()
    {
        await using (await Open()) { }
        using (var database = new Database(FilePath)) database.Execute("INSERT INTO migration VALUES (1000, '2030-01-01')");
        Assert.Contains("newer version", await WhyUnusable(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_of_a_newer_version_is_not_passed_over()
    {
        await using (var journal = await Open()) await Fill(journal);
        using (var database = new Database(FilePath)) database.Execute("UPDATE slice SET events = replace(events, 'case.note-added', 'case.of-the-future')");
        await using var again = await Open();
        var thrown = await Assert.ThrowsAsync<JournalUnusableException>(async () => await again.ReadAll().ToListAsync());
        Assert.Contains("case.of-the-future", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closing_writes_what_waits_and_leaves_one_file()
    {
        Task<AppendResult>[] waiting;
        await using (var journal = await Open())
        {
            waiting = [.. Enumerable.Range(0, 100).Select(i => journal.Append(Given.Append(Given.Notes(Given.Case($"{i}"), 0, "a"))).AsTask())];
        }
        Assert.All(await Task.WhenAll(waiting), result => Assert.IsType<AppendResult.Committed>(result));
        Assert.False(File.Exists(FilePath + "-wal") && new FileInfo(FilePath + "-wal").Length > 0);
        await using var again = await Open();
        Assert.Equal(100, (await again.ReadAll().ToListAsync()).Count);
    }

    [Fact]
    public async Task A_closed_journal_says_so()
    {
        var journal = await Open();
        await journal.DisposeAsync();
        await journal.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await journal.Append(Given.Append(Given.Notes(Given.Case("1"), 0, "a"))));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await journal.ReadStream(Given.Case("1")));
    }

    private static async Task Fill(IJournal journal)
    {
        await Commit(journal, new Append(
            [Given.Notes(Given.Case("1"), 0, "a", Encoding.UTF8.GetString([0xC3, 0xA1]))],
            [Given.Put("1", Given.Offered(Given.Queued(), "ana")), Given.PutDeadline(Given.Deadline("1", 60))],
            [new Claim("message", "1")]));
        await Commit(journal, Given.Append(Given.Notes(Given.Case("2"), 0, "a"), Given.Put("2", Given.Queued())));
        await Commit(journal, Given.Append(Given.Notes(Given.Agent("ana"), 0, "a")));
    }
}
