using RoutingGrid.Journal.Sqlite.Native;

namespace RoutingGrid.Journal.Tests.Sqlite;

/// <summary>New streams and claims are looked for by adding them: who is refused afterwards must not leave them behind.</summary>
public sealed class RefusalTests : SqliteTest
{
    [Fact]
    public async Task Who_is_refused_leaves_no_stream_and_no_claim()
    {
        await using var journal = await Open();
        await Commit(journal, Given.Append(Given.Notes(Given.Case("1"), 0, "a")) with { Claims = [new Claim("taken", "1")] });
        var before = Counts();

        var behind = Given.Append(Given.Notes(Given.Case("2"), 0, "b")) with { Claims = [new Claim("free", "2")] };
        Assert.IsType<AppendResult.VersionConflict>(await journal.Append(behind with { Streams = [.. behind.Streams, Given.Notes(Given.Case("1"), 7, "c")] }));
        Assert.IsType<AppendResult.VersionConflict>(await journal.Append(behind with { Streams = [.. behind.Streams, Given.Notes(Given.Case("3"), 7, "c")] }));
        var late = behind with { Claims = [new Claim("free", "2"), new Claim("taken", "2")] };
        Assert.Equal("1", Assert.IsType<AppendResult.ClaimTaken>(await journal.Append(late)).Value);
        Assert.Equal(before, Counts());

        await Commit(journal, behind);
        Assert.Equal("2", await journal.Read.Claimed("free"));
        Assert.Single(await journal.ReadStream(Given.Case("2")));
    }

    [Fact]
    public async Task A_stream_that_the_writer_forgot_is_no_new_one()
    {
        await using var journal = await Open(Options with { RememberedStreams = 1 });
        for (var i = 0; i < 4; i++) await Commit(journal, Given.Append(Given.Notes(Given.Case($"{i}"), 0, "a")));
        Assert.Equal(1, Assert.IsType<AppendResult.VersionConflict>(await journal.Append(Given.Append(Given.Notes(Given.Case("0"), 0, "b")))).Actual);
        await Commit(journal, Given.Append(Given.Notes(Given.Case("0"), 1, "b")));
    }

    [Fact]
    public async Task A_closed_case_that_the_writer_forgot_goes_on_where_it_ended()
    {
        await using var journal = await Open();
        var (queued, name) = (Given.Queued(), Given.Case("1"));
        await Commit(journal, Given.Append(Given.Notes(name, 0, "a"), Given.Put("1", queued)));
        await Commit(journal, Given.Append(Given.Notes(name, 1, "b", "c"), Given.Put("1", Given.Closed(queued))));
        Assert.Equal(3, Assert.IsType<AppendResult.VersionConflict>(await journal.Append(Given.Append(Given.Notes(name, 1, "d")))).Actual);
        var held = Given.Held(queued, "ana") with { Queue = "sales" };
        await Commit(journal, Given.Append(Given.Notes(name, 3, "d"), Given.Put("1", held)));
        Assert.Equal(4, (await journal.ReadStream(name)).Count);
        Assert.Equal("1", Assert.Single(await journal.Read.CasesOf(Given.Workspace, "ana")).CaseId);
        await Commit(journal, Given.Append(Given.Notes(name, 4, "e"), Given.Put("1", Given.Closed(held))));
        Assert.Empty(await journal.Read.CasesOf(Given.Workspace, "ana"));
    }

    private (string?, string?) Counts()
    {
        using var database = new Database(FilePath);
        return (database.Ask("SELECT count(*) FROM stream"), database.Ask("SELECT count(*) FROM claim"));
    }
}
