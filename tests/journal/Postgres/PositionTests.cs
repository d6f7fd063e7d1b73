using Npgsql;

namespace RoutingGrid.Journal.Tests.Postgres;

/// <summary>Transactions become visible in another order than that in which they took their positions. No reader may notice.</summary>
public sealed class PositionTests : PostgresTest
{
    private const string Event = """["case.note-added",{"at":"2026-01-05T09:00:00Z","text":"held"}]""";

    [Theory, InlineData(true), InlineData(false)]
    public async Task Readers_stop_below_a_transaction_that_still_runs(bool commits)
    {
        var (one, other) = (await Open(), await Open());
        await Commit(one, Given.Append(Given.Notes(Given.Case("1"), 0, "a", "b")));
        await Commit(other, Given.Append(Given.Notes(Given.Case("held"), 0, "a")));

        // As a lane of a third process writes two more events, up to its commit.
        await using var source = NpgsqlDataSource.Create(Connection + ";Search Path=routinggrid");
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await Run(connection, "UPDATE stream SET version = 3 WHERE key = 'held'");
        await Run(connection, $"INSERT INTO slice SELECT take_positions(2) + 2, id, 3, '[{Event[1..^1]},{Event[1..^1]}]' FROM stream WHERE key = 'held'");

        // Nobody has to wait for it, and nobody reads past it.
        Assert.Equal(7, await Commit(one, Given.Append(Given.Notes(Given.Case("1"), 2, "c", "d"))));
        Assert.Equal(8, await Commit(other, Given.Append(Given.Notes(Given.Case("2"), 0, "e"))));
        foreach (var journal in (IJournal[])[one, other])
        {
            Assert.Equal([1, 2, 3], await Positions(journal));
            Assert.Equal([3], await Positions(journal, after: 2));
            Assert.Empty(await Positions(journal, after: 3));
        }
        Assert.Equal(4, (await one.ReadStream(Given.Case("1"))).Count);

        if (commits) await transaction.CommitAsync();
        else await transaction.RollbackAsync();
        foreach (var journal in (IJournal[])[one, other])
            Assert.Equal(commits ? [4, 5, 6, 7, 8] : [6, 7, 8], await Positions(journal, after: 3));
    }

    [Fact]
    public async Task Who_reads_along_while_two_processes_write_in_several_lanes_never_skips_a_position()
    {
        const int writers = 12, each = 60;
        IJournal[] journals = [await Open(Options with { Lanes = 4, GroupLimit = 3 }), await Open(Options with { Lanes = 4, GroupLimit = 3 })];
        var writing = Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++) await Commit(journals[writer % 2], Given.Append(Given.Notes(Given.Case($"{writer}"), i * 2, "a", "b")));
        })));
        await Task.WhenAll(journals.Select(journal => Task.Run(async () =>
        {
            for (long position = 0; position < writers * each * 2;)
                await foreach (var recorded in journal.ReadAll(position)) Assert.Equal(++position, recorded.Position);
        })));
        await writing;
    }

    [Fact]
    public async Task Positions_grow_with_versions_and_with_what_was_acknowledged()
    {
        var journals = new[] { await Open(Options with { Lanes = 3 }), await Open(Options with { Lanes = 3 }) };
        long last = 0;
        for (var i = 0; i < 30; i++)
        {
            var position = await Commit(journals[i % 2], Given.Append(Given.Notes(Given.Case($"{i % 7}"), i / 7, "a")));
            Assert.True(position > last, $"{position} was given after {last} was acknowledged.");
            last = position;
        }
    }

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
