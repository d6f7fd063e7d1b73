using RoutingGrid.Journal.Sqlite.Native;

namespace RoutingGrid.Journal.Tests.Sqlite;

public sealed class FullDiskTests : SqliteTest
{
    [Fact]
    public async Task A_full_disk_refuses_writes_and_loses_nothing()
    {
        var text = new string('x', 2000);
        var committed = 0;
        string hash;
        await using (var journal = await Open(Options with { PageLimit = 200 }))
        {
            AppendResult result;
            while ((result = await journal.Append(Given.Append(Given.Notes(Given.Case("1"), committed, text), Given.Put("1", Given.Queued() with { Version = committed + 1 })))) is AppendResult.Committed) committed++;
            Assert.Contains("full", Assert.IsType<AppendResult.Overloaded>(result).Reason, StringComparison.Ordinal);
            Assert.Contains(FilePath, ((AppendResult.Overloaded)result).Reason, StringComparison.Ordinal);
            await Assert.ThrowsAsync<IOException>(async () => await journal.Documents.Put("c", "k", new byte[10_000], null));

            Assert.Equal(committed, (await journal.ReadStream(Given.Case("1"))).Count);
            Assert.Equal(committed, (await journal.Read.Case(Given.Workspace, "1"))!.State.Version);
            Assert.Equal(new AppendResult.VersionConflict(Given.Case("1"), 0, committed), await journal.Append(Given.Append(Given.Notes(Given.Case("1"), 0, "x"))));
            hash = await JournalHash.Of(journal);
        }
        Assert.InRange(committed, 10, 1000);

        await using var again = await Open();
        Assert.Equal(hash, await JournalHash.Of(again));
        Assert.Equal(committed + 1, await Commit(again, Given.Append(Given.Notes(Given.Case("1"), committed, text))));
    }

    [Fact]
    public async Task A_disk_that_has_room_again_is_written_again()
    {
        await using var journal = await Open(Options with { PageLimit = 200 });
        var big = Given.Append(Given.Notes(Given.Case("1"), 0, new string('x', 2_000_000)));
        Assert.IsType<AppendResult.Overloaded>(await journal.Append(big));
        Assert.Equal(1, await Commit(journal, Given.Append(Given.Notes(Given.Case("1"), 0, "a"))));
        Assert.Equal("ok", Check());
    }

    private string? Check()
    {
        using var database = new Database(FilePath);
        return database.Ask("PRAGMA integrity_check");
    }
}
