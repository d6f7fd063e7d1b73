using System.Text;
using Npgsql;
using RoutingGrid.Journal.Postgres;
using RoutingGrid.Journal.Postgres.Leadership;

namespace RoutingGrid.Journal.Tests.Postgres;

public sealed class LeadershipTests : PostgresTest
{
    // Whoever keeps the connection, in the same place of all processes: this one.
    private const string CutOff = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    private const string TakeOver = "UPDATE leadership SET epoch = epoch + 1, holder = 'another', leased_until = clock_timestamp() + interval '1 hour'";

    private PostgresJournalOptions Exclusive => Options with { Exclusive = true };

    private static Append Note(long version) => Given.Append(Given.Notes(Given.Case("1"), version, "a"));

    [Fact]
    public async Task A_second_one_is_refused_with_the_name_of_the_first_until_that_one_is_closed()
    {
        var first = await Open(Exclusive with { Holder = "the first" });
        Assert.Contains("in use by another server: the first", (await Assert.ThrowsAsync<JournalUnusableException>(() => Open(Exclusive))).Message, StringComparison.Ordinal);
        await Commit(first, Note(0));
        await first.DisposeAsync();
        await Commit(await Open(Exclusive), Note(1));
    }

    [Fact]
    public async Task One_that_stands_by_takes_over_when_the_first_is_closed()
    {
        var active = new TaskCompletionSource<string>();
        var first = await Open(Exclusive with { Holder = "the first" });
        var standing = Open(Exclusive with { StandBy = true, OnStandBy = active.SetResult });
        Assert.Equal("the first", await active.Task);
        await Commit(first, Note(0));
        Assert.False(standing.IsCompleted);
        await first.DisposeAsync();
        Assert.Single(await (await standing).ReadStream(Given.Case("1")));
    }

    [Fact]
    public async Task Where_the_first_died_without_a_word_the_next_waits_until_its_lease_has_run_out()
    {
        await Execute("UPDATE leadership SET epoch = 7, holder = 'somebody dead', leased_until = clock_timestamp() + interval '2 seconds'");
        var journal = await Open(Exclusive);
        Assert.Equal("8", await Ask("SELECT epoch FROM leadership"));
        Assert.True(journal.MayAct);
        await Commit(journal, Note(0));
    }

    [Fact]
    public async Task Where_the_first_is_known_to_be_dead_nobody_waits_for_its_lease()
    {
        await Execute($"UPDATE leadership SET epoch = 7, holder = 'somebody dead', process = '{EndedProcess.Mark()}', leased_until = clock_timestamp() + interval '1 hour'");
        await Commit(await Open(Exclusive), Note(0));
        Assert.Equal("8", await Ask("SELECT epoch FROM leadership"));
    }

    [Fact]
    public async Task A_write_of_a_dead_process_that_is_still_under_way_is_ended_before_the_next_begins()
    {
        var gate = new Gate();
        var first = await Open(Exclusive with { Lease = new Lease { Length = TimeSpan.FromHours(1), RenewEvery = TimeSpan.FromHours(1) }, BeforeCommit = gate.Pass });
        gate.Close();
        var late = first.Append(Note(0)).AsTask();
        await gate.Reached;
        await Execute($"UPDATE leadership SET process = '{EndedProcess.Mark()}'");
        await Commit(await Open(Exclusive), Note(0));
        gate.Open();
        await Assert.ThrowsAsync<UnknownOutcomeException>(() => late);
    }

    [Fact]
    public async Task Nothing_of_an_epoch_that_is_over_is_written_even_by_one_who_believes_in_it()
    {
        // It renews too rarely to hear of it that way, and is told nothing.
        var first = await Open(Exclusive with { Lease = new Lease { Length = TimeSpan.FromHours(1), RenewEvery = TimeSpan.FromHours(1) } });
        await Commit(first, Note(0));
        var document = await first.Documents.Put("c", "k", "x"u8.ToArray(), null);
        await Execute(TakeOver);
        Assert.True(first.MayAct);

        var elsewhere = Given.Append(Given.Notes(new StreamId(StreamKind.Case, "a workspace that is new", "1"), 0, "a"));
        await Assert.ThrowsAsync<TakenOverException>(async () => await first.Append(elsewhere));
        await Assert.ThrowsAsync<TakenOverException>(async () => await first.Documents.Put("c", "k", "y"u8.ToArray(), document));
        await Assert.ThrowsAsync<TakenOverException>(async () => await first.Documents.Put("c", "new", "y"u8.ToArray(), null));
        await Assert.ThrowsAsync<TakenOverException>(async () => await first.Documents.Delete("c", "k", document));
        await first.TakenOver;
        Assert.False(first.MayAct);
        Assert.Equal("1", await Ask("SELECT count(*) FROM slice"));
        Assert.Equal("0", await Ask("SELECT count(*) FROM workspace WHERE name LIKE 'a workspace%'"));
        Assert.Equal("x", Encoding.UTF8.GetString((await first.Documents.Get("c", "k"))!.Body.Span));
    }

    [Fact]
    public async Task A_write_that_is_under_way_is_ended_before_another_takes_over()
    {
        // As in a process that is paused: its transaction stays open, its lease is not renewed.
        var gate = new Gate();
        var first = await Open(Exclusive with { Lease = new Lease { Length = TimeSpan.FromMilliseconds(1), RenewEvery = TimeSpan.FromHours(1) }, BeforeCommit = gate.Pass });
        await Commit(first, Note(0));
        gate.Close();
        var late = first.Append(Note(1)).AsTask();
        await gate.Reached;

        var second = await Open(Exclusive with { StandBy = true });
        Assert.Single(await second.ReadStream(Given.Case("1")));
        gate.Open();
        // Whoever is cut off while committing cannot know; the next time it is told.
        await Assert.ThrowsAsync<UnknownOutcomeException>(() => late);
        await Assert.ThrowsAsync<TakenOverException>(async () => await first.Append(Note(1)));
        await Commit(second, Note(1));
        Assert.Equal([1, 2], await Positions(second));
    }

    [Fact]
    public async Task The_write_of_a_document_keeps_others_from_taking_over_until_it_ends()
    {
        var first = await Open(Exclusive);
        var document = await first.Documents.Put("c", "k", "x"u8.ToArray(), null);
        await using var source = NpgsqlDataSource.Create(Connection + ";Pooling=false;Search Path=routinggrid");
        await using var other = await source.OpenConnectionAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("SELECT 1 FROM document FOR UPDATE", other)) await hold.ExecuteNonQueryAsync();

        var put = first.Documents.Put("c", "k", "y"u8.ToArray(), document).AsTask();
        while (await Ask("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == "0") await Task.Yield();
        Assert.Equal("1", await Ask("""
            SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND mode = 'ShareLock' AND classid::bigint = x'524B0000'::bigint
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """));
        await transaction.RollbackAsync();
        Assert.NotNull(await put);
    }

    [Fact]
    public async Task One_whose_lease_has_run_out_by_its_own_clock_does_not_act_and_may_again_when_nobody_took_over()
    {
        var time = new HeldTime();
        var journal = await PostgresJournal.Open(Exclusive with { Lease = new Lease { RenewEvery = TimeSpan.FromHours(1) } }, time);
        Assert.True(journal.MayAct);
        time.Passed = TimeSpan.FromSeconds(3);
        Assert.False(journal.MayAct);
        Assert.False(journal.TakenOver.IsCompleted);
        await Execute("NOTIFY routinggrid_leadership");
        while (!journal.MayAct) await Task.Yield();
        await Commit(journal, Note(0));
        await journal.DisposeAsync();
    }

    [Fact]
    public async Task One_that_was_cut_off_for_a_moment_is_active_again_in_the_same_epoch()
    {
        var first = await Open(Exclusive);
        await Commit(first, Note(0));
        var epoch = await Ask("SELECT epoch FROM leadership");
        var sessions = await Ask("SELECT string_agg(pid::text, ',') FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        await Execute(CutOff);
        // Until it has heard of it, a session would still do what it is told.
        while (await Ask($"SELECT count(*) FROM pg_stat_activity WHERE pid IN ({sessions})") != "0" || !first.MayAct) await Task.Yield();
        await Commit(first, Note(1));
        Assert.Equal(epoch, await Ask("SELECT epoch FROM leadership"));
    }

    [Fact]
    public async Task Of_many_that_stand_by_one_after_the_other_is_active()
    {
        var standing = Enumerable.Range(0, 5).Select(_ => PostgresJournal.Open(Exclusive with { StandBy = true }, TimeProvider.System)).ToList();
        for (var turn = 0; standing.Count > 0; turn++)
        {
            var next = await Task.WhenAny(standing);
            Assert.Equal([next], standing.Where(task => task.IsCompleted));
            standing.Remove(next);
            await using var active = await next;
            await Commit(active, Note(turn));
        }
        Assert.Equal("5", await Ask("SELECT epoch FROM leadership"));
    }

    [Fact]
    public async Task Where_processes_share_the_work_there_is_no_epoch()
    {
        await Commit(await Open(), Note(0));
        await Commit(await Open(), Note(1));
        Assert.Equal("0", await Ask("SELECT epoch FROM leadership"));
    }

    [Fact]
    public async Task While_a_server_writes_alone_nobody_writes_beside_it()
    {
        var alone = await Open(Exclusive with { Holder = "the one" });
        await Commit(alone, Given.Append(Given.Notes(Given.Case("1"), 0, "a")));
        var beside = await Open(Options with { Patience = TimeSpan.Zero });
        var refused = Assert.IsType<AppendResult.Overloaded>(await beside.Append(Given.Append(Given.Notes(Given.Case("1"), 1, "b"))));
        Assert.Contains("the one is active alone", refused.Reason, StringComparison.Ordinal);

        await alone.DisposeAsync();
        await Commit(beside, Given.Append(Given.Notes(Given.Case("1"), 1, "b")));
    }

    /// <summary>It remembers what was true before, so it may not go on.</summary>
    [Fact]
    public async Task A_server_whose_lease_ran_out_while_others_wrote_writes_nothing_more()
    {
        var alone = await Open(Exclusive with { Lease = new Lease { Length = TimeSpan.FromMilliseconds(1), RenewEvery = TimeSpan.FromHours(1) } });
        await Commit(alone, Given.Append(Given.Notes(Given.Case("1"), 0, "a")));
        while (await Ask("SELECT leased_until < clock_timestamp() FROM leadership") != "True") await Task.Yield();
        var beside = await Open();
        await Commit(beside, Given.Append(Given.Notes(Given.Case("1"), 1, "b")));
        await Assert.ThrowsAsync<TakenOverException>(async () => await alone.Append(Given.Append(Given.Notes(Given.Case("1"), 1, "c"))));
        await alone.TakenOver;
        Assert.Equal(2, (await beside.ReadStream(Given.Case("1"))).Count);
    }
}
