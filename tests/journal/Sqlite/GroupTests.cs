using RoutingGrid.Journal.Sqlite.Native;

namespace RoutingGrid.Journal.Tests.Sqlite;

public sealed class GroupTests : SqliteTest
{
    [Fact]
    public async Task Who_waits_while_a_commit_runs_shares_the_next_one()
    {
        await using var journal = await Open();
        Task<AppendResult>[] waiting;
        using (HoldWriter()) waiting = Send(journal, 100);
        await Task.WhenAll(waiting);
        Assert.InRange(journal.Statistics.Groups, 1, 2);
        Assert.Equal(100, journal.Statistics.Writes);
    }

    [Fact]
    public async Task Groups_can_be_switched_off()
    {
        await using var journal = await Open(Options with { GroupLimit = 1 });
        await Task.WhenAll(Send(journal, 50));
        Assert.Equal(50, journal.Statistics.Groups);
    }

    [Fact]
    public async Task Who_stops_waiting_has_written_all_the_same()
    {
        await using var journal = await Open();
        using var cancel = new CancellationTokenSource();
        Task<AppendResult> waiting;
        using (HoldWriter())
        {
            waiting = journal.Append(Given.Append(Given.Notes(Given.Case("1"), 0, "a")), cancel.Token).AsTask();
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }
        await Commit(journal, Given.Append(Given.Notes(Given.Case("1"), 1, "b")));
        Assert.Equal(2, (await journal.ReadStream(Given.Case("1"))).Count);
    }

    [Fact]
    public async Task What_is_more_than_may_wait_is_refused_at_once_and_the_rest_is_written()
    {
        await using var journal = await Open(Options with { QueueLimit = 3, GroupLimit = 1 });
        Task<AppendResult>[] accepted;
        using (HoldWriter())
        {
            // One may be in the writer's hands and three in the queue; the fifth is surely too much.
            Task<AppendResult>[] sent = Send(journal, 10);
            var refused = sent.Where(task => task.IsCompletedSuccessfully).Select(task => task.GetAwaiter().GetResult()).ToArray();
            Assert.InRange(refused.Length, 6, 7);
            Assert.All(refused, result => Assert.InRange(Assert.IsType<AppendResult.Overloaded>(result).RetryAfter, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(10)));
            await Assert.ThrowsAsync<IOException>(async () => await journal.Documents.Put("c", "k", "x"u8.ToArray(), null));
            accepted = [.. sent.Where(task => !task.IsCompleted)];
        }
        Assert.All(await Task.WhenAll(accepted), result => Assert.IsType<AppendResult.Committed>(result));
        Assert.Equal(accepted.Length, (await journal.ReadAll().ToListAsync()).Count);
    }

    [Fact]
    public async Task A_write_that_the_tables_do_not_take_fails_alone()
    {
        await using var journal = await Open();
        using (var database = new Database(FilePath))
            database.Execute("CREATE TRIGGER poison BEFORE INSERT ON claim WHEN NEW.key = 'poison' BEGIN SELECT RAISE(ABORT, 'no'); END");
        Task<AppendResult>[] good;
        Task<AppendResult> bad;
        using (HoldWriter())
        {
            good = Send(journal, 20);
            bad = journal.Append(new Append([Given.Notes(Given.Case("bad"), 0, "a")], [Given.Put("bad", Given.Queued())], [new Claim("poison", "")])).AsTask();
            good = [.. good, .. Send(journal, 20, "later")];
        }
        Assert.All(await Task.WhenAll(good), result => Assert.IsType<AppendResult.Committed>(result));
        await Assert.ThrowsAnyAsync<Exception>(() => bad);
        Assert.Empty(await journal.ReadStream(Given.Case("bad")));
        Assert.Null(await journal.Read.Case(Given.Workspace, "bad"));
        Assert.Equal(Enumerable.Range(1, 40).Select(i => (long)i), (await journal.ReadAll().ToListAsync()).Select(r => r.Position));
        await Commit(journal, Given.Append(Given.Notes(Given.Case("bad"), 0, "a")));
    }

    [Fact]
    public async Task A_commit_of_which_nobody_knows_whether_it_was_made_says_so()
    {
        var failing = false;
        await using var journal = await Open(Options with { BeforeCommit = () => FailWhere(failing) });
        await Commit(journal, Given.Append(Given.Notes(Given.Case("1"), 0, "a"), Given.Put("1", Given.Queued())));
        failing = true;
        await Assert.ThrowsAsync<UnknownOutcomeException>(async () => await journal.Append(Given.Append(Given.Notes(Given.Case("1"), 1, "b"), Given.Put("1", Given.Held(Given.Queued(), "ana")))));
        await Assert.ThrowsAsync<UnknownOutcomeException>(async () => await journal.Documents.Put("c", "k", "x"u8.ToArray(), null));
        failing = false;

        // Who was told so reads again, and goes on from what there is.
        var known = await journal.ReadStream(Given.Case("1"));
        await Commit(journal, Given.Append(Given.Notes(Given.Case("1"), known.Count, "c")));
        Assert.Equal(CaseCount(known.Count + 1), (await journal.ReadAll().ToListAsync()).Select(r => r.Position));
    }

    private static IEnumerable<long> CaseCount(int count) => Enumerable.Range(1, count).Select(i => (long)i);

    private static void FailWhere(bool failing)
    {
        if (failing) throw new SqliteFailure(SQLitePCL.raw.SQLITE_IOERR, "disk I/O error", "COMMIT");
    }

    private static Task<AppendResult>[] Send(IJournal journal, int count, string name = "case") =>
        [.. Enumerable.Range(0, count).Select(i => journal.Append(Given.Append(Given.Notes(Given.Case($"{name} {i}"), 0, "a"))).AsTask())];
}
