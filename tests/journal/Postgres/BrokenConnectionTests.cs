using System.Globalization;
using RoutingGrid.Journal.Postgres;

namespace RoutingGrid.Journal.Tests.Postgres;

public sealed class BrokenConnectionTests : PostgresTest
{
    [Fact]
    public async Task A_commit_whose_answer_is_lost_is_an_unknown_outcome_and_reading_tells()
    {
        var port = (await TestDatabases.Server()).Port;
        await using var proxy = new CuttingProxy(port);
        var swallow = false;
        var through = Connection.Replace($"Port={port}", $"Port={proxy.Port}", StringComparison.Ordinal);
        var journal = await Open(new PostgresJournalOptions { Connection = through, Lanes = 1, BeforeCommit = () => { if (swallow) proxy.SwallowTheNextAnswer(); return Task.CompletedTask; } });
        await Commit(journal, Given.Append(Given.Notes(Given.Case("1"), 0, "a")));

        swallow = true;
        await Assert.ThrowsAsync<UnknownOutcomeException>(async () => await journal.Append(Given.Append(Given.Notes(Given.Case("1"), 1, "b"))));
        swallow = false;

        // It was written; who repeats it is told so, and goes on from what there is.
        Assert.Equal(2, (await journal.ReadStream(Given.Case("1"))).Count);
        Assert.Equal(new AppendResult.VersionConflict(Given.Case("1"), 1, 2), await journal.Append(Given.Append(Given.Notes(Given.Case("1"), 1, "b"))));
        Assert.Equal(3, await Commit(journal, Given.Append(Given.Notes(Given.Case("1"), 2, "c"))));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Connections_that_the_server_cut_while_nothing_was_sent_are_made_anew_and_nobody_notices(bool alone)
    {
        var journal = await Open(Options with { Exclusive = alone, ProbeAfter = TimeSpan.Zero });
        await Commit(journal, Given.Append(Given.Notes(Given.Case("1"), 0, "a")));
        await journal.Read.Case(Given.Workspace, "1");
        var sessions = await Ask("SELECT string_agg(pid::text, ',') FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        await Execute($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid IN ({sessions})");
        // Until it has heard of it, each would still do what it is told.
        while (await Ask($"SELECT count(*) FROM pg_stat_activity WHERE pid IN ({sessions})") != "0") await Task.Yield();
        await Commit(journal, Given.Append(Given.Notes(Given.Case("1"), 1, "b")));
        Assert.Equal(2, (await journal.ReadStream(Given.Case("1"))).Count);
        await journal.Read.Case(Given.Workspace, "1");
        Assert.NotNull(await journal.Documents.Put("c", "k", default, null));
    }

    [Fact]
    public async Task A_group_that_was_cut_before_its_commit_was_sent_is_written_again()
    {
        var cut = true;
        var journal = await Open(Options with { Lanes = 1, BeforeCommit = Cut });
        Assert.Equal(1, await Commit(journal, Given.Append(Given.Notes(Given.Case("1"), 0, "a"))));
        Assert.Single(await journal.ReadAll().ToListAsync());

        async Task Cut()
        {
            if (!cut) return;
            cut = false;
            await Execute("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
            // As a network does that breaks between two exchanges.
            throw new IOException("The connection was reset.");
        }
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_overload_for_writers_and_unusable_for_readers()
    {
        await using var server = await PostgresServer.Start(isDurable: true);
        var secret = server.Connection("postgres") + ";Password=hunter2";
        var journal = await Open(new PostgresJournalOptions { Connection = secret, Patience = TimeSpan.Zero });
        await Commit(journal, Given.Append(Given.Notes(Given.Case("1"), 0, "a")));
        await server.Stop();
        // A lane learns that its connection is gone when it sends the next group; that may be a commit.
        var refused = Assert.IsType<AppendResult.Overloaded>(await journal.Append(Given.Append(Given.Notes(Given.Case("1"), 1, "b"))));
        Assert.Contains("127.0.0.1", refused.Reason, StringComparison.Ordinal);
        var unusable = await Assert.ThrowsAsync<JournalUnusableException>(async () => await journal.ReadStream(Given.Case("1")));
        Assert.DoesNotContain("hunter2", refused.Reason + unusable, StringComparison.Ordinal);
        await Assert.ThrowsAsync<IOException>(async () => await journal.Documents.Put("c", "k", default, null));

        await server.StartAgain();
        await Commit(journal, Given.Append(Given.Notes(Given.Case("1"), 1, "b")));
        Assert.Equal(2, (await journal.ReadStream(Given.Case("1"))).Count);
    }

    [Fact]
    public async Task A_server_that_comes_back_in_time_is_waited_for()
    {
        await using var server = await PostgresServer.Start(isDurable: true);
        var journal = await Open(new PostgresJournalOptions { Connection = server.Connection("postgres"), Patience = TimeSpan.FromMinutes(5) });
        await Commit(journal, Given.Append(Given.Notes(Given.Case("1"), 0, "a")));
        await server.Stop();
        var waiting = Send(journal, 50);
        await server.StartAgain();
        Assert.All(await Task.WhenAll(waiting), result => Assert.IsType<AppendResult.Committed>(result));
    }

    /// <summary>A crash while sixteen writers are busy: what was acknowledged is there, in order and in step, and everybody goes on from
    /// what they read.</summary>
    [Theory, InlineData(20, false), InlineData(400, false), InlineData(400, true)]
    public async Task Everything_that_was_acknowledged_before_a_crash_of_the_server_is_there(int acknowledgements, bool alone)
    {
        const int writers = 16;
        await using var server = await PostgresServer.Start(isDurable: true);
        var journal = await Open(new PostgresJournalOptions { Connection = server.Connection("postgres"), Patience = TimeSpan.Zero, Exclusive = alone, Lanes = 2 });
        var acknowledged = new long[writers];
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var total = 0;
        var writing = Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            while (await TryWrite(journal, writer, acknowledged[writer]))
            {
                acknowledged[writer]++;
                if (Interlocked.Increment(ref total) == acknowledgements) enough.SetResult();
            }
        })));
        await enough.Task;
        await server.Crash();
        await writing;
        await server.StartAgain();

        for (var writer = 0; writer < writers; writer++)
        {
            // One more than acknowledged: the commit was made, and its answer lost.
            var there = (await journal.ReadStream(Given.Case($"{writer}"))).Count;
            Assert.InRange(there, acknowledged[writer], acknowledged[writer] + 1);
            Assert.Equal(there, (await journal.Read.Case(Given.Workspace, $"{writer}"))?.State.Version ?? 0);
            Assert.True(await TryWrite(journal, writer, there));
        }
        var positions = await Positions(journal);
        Assert.Equal(positions.Order().Distinct(), positions);
    }

    /// <summary>The connection breaks while the server still works on a commit, which it makes later. Who writes alone remembers versions and locks nothing:
    /// what comes next about the same case, in whichever lane, must wait for that commit and see it.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public async Task A_commit_that_outlives_its_connection_is_seen_by_whoever_writes_next(bool isMade)
    {
        var port = (await TestDatabases.Server()).Port;
        await using var proxy = new CuttingProxy(port);
        var journal = await Open(new PostgresJournalOptions
        {
            Connection = Connection.Replace($"Port={port}", $"Port={proxy.Port}", StringComparison.Ordinal), Exclusive = true, Lanes = 2, Patience = TimeSpan.FromMinutes(5),
        });
        await Commit(journal, Given.Append(Given.Notes(Given.Case("1"), 0, "a"), Given.Put("1", Given.Queued())));
        await using var source = Npgsql.NpgsqlDataSource.Create(Connection + ";Search Path=routinggrid");
        await using var holder = await source.OpenConnectionAsync();
        await using var hold = await holder.BeginTransactionAsync();
        await Run("SELECT FROM case_row FOR UPDATE");

        var first = journal.Append(Given.Append(Given.Notes(Given.Case("1"), 1, "b", "c"), Given.Put("1", Given.Queued("other") with { Version = 3 }))).AsTask();
        while (await Ask("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()") == "0") await Task.Yield();
        proxy.CutAll();
        await Assert.ThrowsAsync<UnknownOutcomeException>(() => first);
        var second = journal.Append(Given.Append(Given.Notes(Given.Case("1"), 1, "d"), Given.Put("1", Given.Queued() with { Version = 2 }))).AsTask();
        if (!isMade) await Execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%case_row%' AND datname = current_database()");
        await hold.RollbackAsync();

        if (isMade) Assert.Equal(new AppendResult.VersionConflict(Given.Case("1"), 1, 3), await second);
        else Assert.IsType<AppendResult.Committed>(await second);
        var versions = (await journal.ReadStream(Given.Case("1"))).Select(recorded => recorded.Version);
        Assert.Equal(isMade ? [1L, 2, 3] : [1L, 2], versions);

        async Task Run(string sql)
        {
            await using var command = new Npgsql.NpgsqlCommand(sql, holder);
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task<bool> TryWrite(IJournal journal, int writer, long version)
    {
        try
        {
            var append = Given.Append(Given.Notes(Given.Case($"{writer}"), version, version.ToString(CultureInfo.InvariantCulture)), Given.Put($"{writer}", Given.Queued() with { Version = version + 1 }));
            return await journal.Append(append) is AppendResult.Committed;
        }
        catch (UnknownOutcomeException)
        {
            return false;
        }
    }
}
