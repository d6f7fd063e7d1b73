using RoutingGrid.Journal.Archive;
using RoutingGrid.Journal.History;
using RoutingGrid.Journal.Sqlite;
using RoutingGrid.Journal.Tests.Archive;
using RoutingGrid.Journal.Tests.Personal;

namespace RoutingGrid.Journal.Tests.Sqlite;

/// <summary>What is special about archives of a SQLite journal: its own positions and versions, its folder, its old files, its kills.</summary>
public sealed class ArchiveTests : SqliteTest
{
    private string Folder => Path.Combine(Path.GetDirectoryName(FilePath)!, "archive");

    [Fact]
    public async Task Positions_and_versions_go_on_when_the_last_ones_are_in_files()
    {
        string caseId;
        await using (var journal = await Open())
        {
            var center = new SmallCenter(journal);
            caseId = await center.Closed("ana");
            await Archive(journal, center.Order(Folder));
        }
        await using var again = await Open();
        var all = await again.ReadAll().ToListAsync();
        Assert.Equal(new AppendResult.VersionConflict(Given.Case(caseId), 0, 4), await again.Append(Given.Append(Given.Notes(Given.Case(caseId), 0, "late"))));
        Assert.Equal(all.Count + 1, await Commit(again, Given.Append(Given.Notes(Given.Case(caseId), 4, "late"))));
        Assert.Equal(all.Count + 1, (await again.ReadAll().ToListAsync()).Count);
    }

    [Fact]
    public async Task A_folder_beside_the_journal_moves_with_it_and_files_are_found_elsewhere()
    {
        using var elsewhere = new TemporaryFolder();
        await using (var journal = await Open())
        {
            var center = new SmallCenter(journal);
            await center.Closed("ana");
            await Archive(journal, center.Order(Folder));
        }
        var moved = elsewhere.File("moved");
        Directory.CreateDirectory(moved);
        File.Copy(FilePath, Path.Combine(moved, "journal.db"));
        Directory.Move(Folder, Path.Combine(moved, "archive"));
        await using (var journal = await Open(Options with { Path = Path.Combine(moved, "journal.db") })) Assert.Equal(4, (await journal.ReadStream(Given.Case("ana-1"))).Count);
        await using (var journal = await Open()) await Assert.ThrowsAsync<ArchiveUnusableException>(async () => await journal.ReadStream(Given.Case("ana-1")));
        await using (var journal = await Open(Options with { ArchiveFolder = Path.Combine(moved, "archive") })) Assert.Equal(4, (await journal.ReadStream(Given.Case("ana-1"))).Count);
    }

    [Fact]
    public async Task What_was_written_before_there_were_keys_is_sealed_on_its_way()
    {
        await using (var journal = await Open()) await new Lives(journal).Live(Lives.Customer, 1);
        OldFile.Make(FilePath);
        await using var old = await Open();
        var all = await old.ReadAll().ToListAsync();
        Assert.Single(await Archive(old, new ArchiveOrder(Folder, Given.Start.AddDays(10), Given.Start.AddDays(10))));
        Assert.Equal(all.Select(recorded => recorded.Position), (await old.ReadAll().ToListAsync()).Select(recorded => recorded.Position));
        Assert.Equal(Codec.Filled.Describe(all[4].Event), Codec.Filled.Describe((await old.ReadAll().ToListAsync())[4].Event));
        Assert.Empty(await old.Inspect().ToListAsync());
        var inFiles = string.Concat(ArchivedFile.Lines(Folder).Select(line => line.ToJsonString()));
        Assert.All(Lives.Personal, text => Assert.DoesNotContain(text, inFiles, StringComparison.Ordinal));

        await Commit(old, await new Lives(old).Erasing(Lives.Customer));
        var left = string.Concat((await old.ReadAll().ToListAsync()).Select(recorded => recorded.ToString()));
        Assert.All(Lives.Personal, text => Assert.DoesNotContain(text, left, StringComparison.Ordinal));
    }

    [Theory, InlineData(ArchiveStep.Write), InlineData(ArchiveStep.Rename), InlineData(ArchiveStep.Move), InlineData(ArchiveStep.Done)]
    internal async Task Who_is_killed_between_two_steps_loses_nothing(ArchiveStep step)
    {
        string hash;
        await using (var journal = await Open())
        {
            await Commit(journal, Given.Configured(Given.Workspace));
            var center = new SmallCenter(journal);
            for (var i = 0; i < 5; i++) await center.Closed("ana");
            hash = await JournalHash.Of(journal);
            await using var followed = JournalHistory.Of(journal, TimeProvider.System);
            await followed.CatchUp(TestContext.Current.CancellationToken);
        }
        using (var archiver = OtherProcess.Start("archive-until", FilePath, Folder, step.ToString()))
        {
            Assert.Equal("here", await archiver.StandardOutput.ReadLineAsync());
            archiver.Kill();
            await archiver.WaitForExitAsync();
        }
        await using var again = await Open();
        Assert.Equal(hash, await JournalHash.Of(again));
        Assert.Empty(await again.Inspect().ToListAsync());
        await using (var history = JournalHistory.Of(again, TimeProvider.System)) Assert.Empty(await history.Inspect(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
        await Archive(again, new SmallCenter().Order(Folder) with { ClosedBefore = Given.Start.AddYears(1), Now = Given.Start.AddYears(1) });
        Assert.Equal(hash, await JournalHash.Of(again));
        Assert.Equal(["ana-1", "ana-2", "ana-3", "ana-4", "ana-5"], ArchivedFile.Lines(Folder).Select(line => line["case"]!.GetValue<string>()).Order());
    }

    private static Task<List<ArchivedBatch>> Archive(SqliteJournal journal, ArchiveOrder order) => journal.Archive(order, TestContext.Current.CancellationToken).ToListAsync().AsTask();
}
