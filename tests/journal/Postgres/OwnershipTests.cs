using RoutingGrid.Journal.Postgres;

namespace RoutingGrid.Journal.Tests.Postgres;

public sealed class OwnershipTests : PostgresTest
{
    private const string Key = "x'524A000000000000'::bigint";

    private PostgresJournalOptions Exclusive => Options with { Exclusive = true };

    [Fact]
    public async Task A_second_one_is_refused_until_the_first_is_closed()
    {
        var first = await Open(Exclusive);
        Assert.Contains("in use by another server", (await Assert.ThrowsAsync<JournalUnusableException>(() => Open(Exclusive))).Message, StringComparison.Ordinal);
        await Commit(first, Given.Append(Given.Notes(Given.Case("1"), 0, "a")));
        await first.DisposeAsync();
        await Commit(await Open(Exclusive), Given.Append(Given.Notes(Given.Case("1"), 1, "a")));
    }

    [Fact]
    public async Task One_that_stands_by_takes_over_when_the_first_ends()
    {
        var first = await Open(Exclusive);
        var standing = Open(Exclusive with { StandBy = true });
        await Commit(first, Given.Append(Given.Notes(Given.Case("1"), 0, "a")));
        Assert.False(standing.IsCompleted);
        await first.DisposeAsync();
        Assert.Single(await (await standing).ReadStream(Given.Case("1")));
    }

    [Fact]
    public async Task One_whose_place_was_taken_while_it_was_cut_off_writes_nothing_more()
    {
        var first = await Open(Exclusive);
        // Somebody stands in line, and the first one's connection breaks.
        await using var source = Npgsql.NpgsqlDataSource.Create(Connection + ";Pooling=false");
        await using var next = await source.OpenConnectionAsync();
        await using var take = new Npgsql.NpgsqlCommand($"SELECT pg_advisory_lock({Key})", next);
        var taking = take.ExecuteNonQueryAsync();
        await Execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid::bigint = x'524A0000'::bigint");
        await taking;

        AppendResult result;
        for (var version = 0; (result = await first.Append(Given.Append(Given.Notes(Given.Case("1"), version, "a")))) is AppendResult.Committed; version++) { }
        Assert.Contains("taken over", Assert.IsType<AppendResult.Overloaded>(result).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_was_cut_off_for_a_moment_keeps_its_place()
    {
        var first = await Open(Exclusive);
        await Execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid::bigint = x'524A0000'::bigint");
        while (await Ask("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid::bigint = x'524A0000'::bigint") == "0") { }
        await Assert.ThrowsAsync<JournalUnusableException>(() => Open(Exclusive));
        await Commit(first, Given.Append(Given.Notes(Given.Case("1"), 0, "a")));
    }
}
