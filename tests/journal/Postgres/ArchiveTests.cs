using RoutingGrid.Journal.Archive;
using RoutingGrid.Journal.History;
using RoutingGrid.Journal.Postgres;
using RoutingGrid.Journal.Tests.Archive;
using RoutingGrid.Journal.Tests.Sqlite;

namespace RoutingGrid.Journal.Tests.Postgres;

/// <summary>Archiving among kills of the process that archives, and of the database server with all its processes.</summary>
public sealed class ArchiveTests : PostgresTest
{
    private static readonly string[] Cases = ["ana-1", "ana-2", "ana-3", "ana-4", "ana-5"];
    private readonly TemporaryFolder _folder = new();

    private string Folder => _folder.File("archive");

    [Theory, InlineData(ArchiveStep.Write), InlineData(ArchiveStep.Rename), InlineData(ArchiveStep.Move), InlineData(ArchiveStep.Done)]
    internal async Task Who_is_killed_between_two_steps_loses_nothing(ArchiveStep step)
    {
        var journal = await Open();
        var hash = await Fill(journal);
        using (var archiver = OtherProcess.Start("archive-until", Connection, Folder, step.ToString()))
        {
            Assert.Equal("here", await archiver.StandardOutput.ReadLineAsync());
            archiver.Kill();
            await archiver.WaitForExitAsync();
        }
        Assert.Equal(step == ArchiveStep.Done ? 4 : 2, await InFiles());
        await AssertSound(journal, hash);
        await Archive(journal);
        await AssertSound(journal, hash);
        Assert.Equal(Cases, ArchivedFile.Lines(Folder).Select(line => line["case"]!.GetValue<string>()).Order());
    }

    [Fact]
    public async Task A_database_server_that_is_killed_between_two_steps_loses_nothing()
    {
        await using var server = await PostgresServer.Start(isDurable: true);
        await using var journal = await PostgresJournal.Open(new PostgresJournalOptions { Connection = server.Connection("postgres") }, TimeProvider.System);
        var hash = await Fill(journal);
        foreach (var step in Enum.GetValues<ArchiveStep>())
        {
            var order = Order with
            {
                BatchCases = 1,
                Before = async now =>
                {
                    if (now == step) await server.Kill();
                },
            };
            var stopped = await Record.ExceptionAsync(async () => await journal.Archive(order, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
            Assert.True(stopped is IOException or JournalUnusableException, $"{step}: {stopped}");
            await server.StartAgain();
            await AssertSound(journal, hash);
        }
        await Archive(journal);
        await AssertSound(journal, hash);
        Assert.Equal(Cases, ArchivedFile.Lines(Folder).Select(line => line["case"]!.GetValue<string>()).Order());
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    private ArchiveOrder Order => new(Folder, Given.Start.AddYears(1), Given.Start.AddYears(1));

    /// <summary>Closed cases, all of them found.</summary>
    private static async Task<string> Fill(PostgresJournal journal)
    {
        await Commit(journal, Given.Configured(Given.Workspace));
        var center = new SmallCenter(journal);
        foreach (var _ in Cases) await center.Closed("ana");
        await using var history = JournalHistory.Of(journal, TimeProvider.System);
        await history.CatchUp(TestContext.Current.CancellationToken);
        return await JournalHash.Of(journal);
    }

    private async Task<int> InFiles() => int.Parse((await Ask("SELECT count(*) FROM archived"))!, System.Globalization.CultureInfo.InvariantCulture);

    private async Task Archive(PostgresJournal journal)
    {
        await foreach (var batch in journal.Archive(Order, TestContext.Current.CancellationToken)) Assert.NotEmpty(batch.Cases);
    }

    /// <summary>Everything can be read as it was written, and searches know what is still in the tables.</summary>
    private static async Task AssertSound(PostgresJournal journal, string hash)
    {
        Assert.Equal(hash, await JournalHash.Of(journal));
        Assert.Empty(await journal.Inspect().ToListAsync());
        await using var history = JournalHistory.Of(journal, TimeProvider.System);
        Assert.Empty(await history.Inspect(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
    }
}
