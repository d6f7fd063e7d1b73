using RoutingGrid.Journal.Sqlite;
using RoutingGrid.Journal.Sqlite.Native;
using RoutingGrid.Journal.Tests.Personal;

namespace RoutingGrid.Journal.Tests.Sqlite;

/// <summary>An agent's events, each append of which leads to the one before.</summary>
public sealed class ChainTests : SqliteTest
{
    private static readonly StreamId Ana = Given.Agent("ana");
    private static readonly StreamId Joe = Given.Agent("joe");

    [Fact]
    public async Task An_agents_events_are_read_from_any_version()
    {
        await using var journal = await Open();
        await Write(journal, Ana, 0, 4);
        await IsRead(journal, Ana, 8);
    }

    [Fact]
    public async Task A_chain_goes_on_after_the_journal_was_closed()
    {
        await using (var journal = await Open()) await Write(journal, Ana, 0, 2);
        await using (var journal = await Open()) await Write(journal, Ana, 4, 2);
        await using var again = await Open();
        await IsRead(again, Ana, 8);
        Assert.IsType<AppendResult.VersionConflict>(await again.Append(Given.Append(Given.Notes(Ana, 7, "late"))));
        Assert.Empty(await again.Inspect().ToListAsync());
    }

    [Fact]
    public async Task A_file_whose_agents_were_in_the_index_goes_on_with_chains()
    {
        await using (var journal = await Open()) await Write(journal, Ana, 0, 3);
        using (var database = new Database(FilePath)) OldFile.Indexed(database);
        await using (var journal = await Open())
        {
            await IsRead(journal, Ana, 6);
            Assert.Empty(await journal.ReadStream(Given.Agent("nobody")));
            await Write(journal, Ana, 6, 3);
            await Write(journal, Given.Agent("eva"), 0, 1);
            await IsRead(journal, Ana, 12);
        }
        await using var again = await Open();
        await Write(again, Ana, 12, 1);
        await IsRead(again, Ana, 14);
        Assert.Empty(await again.Inspect().ToListAsync());
        using var file = new Database(FilePath);
        Assert.Equal("4", file.Ask("SELECT count(*) FROM slice s JOIN stream t ON t.id = s.stream WHERE t.key = 'ana' AND s.previous IS NOT NULL"));
    }

    [Fact]
    public async Task A_group_that_is_given_up_leaves_chains_as_they_were()
    {
        await using var journal = await Open();
        await Write(journal, Ana, 0, 1);
        using (var database = new Database(FilePath))
            database.Execute("CREATE TRIGGER poison BEFORE INSERT ON claim WHEN NEW.key = 'poison' BEGIN SELECT RAISE(ABORT, 'no'); END");
        Task<AppendResult> good, bad, conflict;
        using (HoldWriter())
        {
            good = journal.Append(new Append([Given.Notes(Ana, 2, "2", "3"), Given.Notes(Joe, 2, "x", "y")], [], [])).AsTask();
            conflict = journal.Append(new Append([Given.Notes(Ana, 4, "e"), Given.Notes(Joe, 1, "x")], [], [])).AsTask();
            bad = journal.Append(new Append([Given.Notes(Ana, 4, "e")], [], [new Claim("poison", "")])).AsTask();
        }
        Assert.IsType<AppendResult.Committed>(await good);
        Assert.IsType<AppendResult.VersionConflict>(await conflict);
        await Assert.ThrowsAnyAsync<Exception>(() => bad);
        await Write(journal, Ana, 4, 2);
        await IsRead(journal, Ana, 8);
        Assert.Empty(await journal.Inspect().ToListAsync());
    }

    [Theory]
    [InlineData("UPDATE slice SET previous = 0 WHERE position = (SELECT max(position) FROM slice WHERE previous > 0)", "lead")]
    [InlineData("UPDATE slice SET previous = NULL WHERE position = (SELECT max(position) FROM slice WHERE previous > 0)", "lead")]
    [InlineData("UPDATE stream SET last = (SELECT min(position) FROM slice WHERE stream = stream.id) WHERE key = 'ana'", "end")]
    [InlineData("UPDATE slice SET previous = 0 WHERE previous IS NULL", "in a chain")]
    public async Task A_chain_that_leaves_events_out_is_found(string behind, string what)
    {
        await using (var journal = await Open()) await Write(journal, Ana, 0, 3);
        using (var database = new Database(FilePath)) database.Execute(behind);
        await using var again = await Open();
        var damages = await again.Inspect().ToListAsync();
        Assert.NotEmpty(damages);
        Assert.All(damages, damage => Assert.Contains(what, damage.What, StringComparison.Ordinal));
        Assert.All(damages, damage => Assert.NotNull(damage.Position));
    }

    [Theory]
    [InlineData("DELETE FROM slice WHERE position = (SELECT min(position) FROM slice WHERE previous > 0)")]
    [InlineData("UPDATE slice SET previous = position WHERE position = (SELECT min(position) FROM slice WHERE previous > 0)")]
    [InlineData("UPDATE slice SET previous = 4 WHERE position = (SELECT min(position) FROM slice WHERE previous > 0)")]
    public async Task A_broken_chain_is_not_read_as_a_shorter_one(string behind)
    {
        await using (var journal = await Open()) await Write(journal, Ana, 0, 3);
        using (var database = new Database(FilePath)) database.Execute(behind);
        await using var again = await Open();
        await Assert.ThrowsAsync<JournalUnusableException>(async () => await again.ReadStream(Ana));
    }

    /// <summary>Two events at a time, with others' in between.</summary>
    private static async Task Write(SqliteJournal journal, StreamId agent, int from, int times)
    {
        for (var version = from; version < from + 2 * times; version += 2)
        {
            await Commit(journal, Given.Append(Given.Notes(agent, version, $"{version}", $"{version + 1}")));
            await Commit(journal, Given.Append(Given.Notes(Given.Case($"{agent.Id}-{version}"), 0, "between", "them")));
            if (agent == Ana) await Commit(journal, Given.Append(Given.Notes(Joe, version, "x", "y")));
        }
    }

    private static async Task IsRead(SqliteJournal journal, StreamId agent, int events)
    {
        for (var after = 0; after <= events; after++)
        {
            var read = await journal.ReadStream(agent, after);
            Assert.Equal(Enumerable.Range(after, events - after).Select(i => $"command-{i}"), read.Select(recorded => recorded.Event.CommandId));
            Assert.Equal(Enumerable.Range(after + 1, events - after).Select(i => (long)i), read.Select(recorded => recorded.Version));
        }
        Assert.Equal(2, (await journal.ReadBeginning(agent, 1)).Count);
        Assert.Equal(4, (await journal.ReadBeginning(agent, 2)).Count);
    }
}
