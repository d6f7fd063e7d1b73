using Microsoft.Extensions.Logging.Abstractions;
using RoutingGrid.Journal.History;
using RoutingGrid.Journal.History.Following;
using RoutingGrid.Journal.History.Sqlite;
using RoutingGrid.Journal.Memory;
using RoutingGrid.Journal.Sqlite;
using RoutingGrid.Journal.Tests.Sqlite;

namespace RoutingGrid.Journal.Tests.History;

/// <summary>A history in a file follows the journal: nothing twice, nothing left out, whatever happens to the process or to the file.</summary>
public sealed class FollowerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("history");

    [Fact]
    public async Task It_follows_what_was_committed_before_it_was_asked()
    {
        await using var journal = new MemoryJournal();
        await using var history = Open(journal);
        await SmallJournal.Fill(journal);
        await history.CatchUp(Cancel);
        Assert.Equal(["1", "2", "3"], await Cases(history));
        await SmallJournal.Open("4", journal);
        await history.CatchUp(Cancel);
        Assert.Equal(["1", "2", "3", "4"], await Cases(history));
    }

    [Fact]
    public async Task It_goes_on_where_a_dead_process_left_off()
    {
        await using var journal = new MemoryJournal();
        await SmallJournal.Fill(journal);
        foreach (var batches in Enumerable.Range(0, 6))
        {
            var written = 0;
            var options = new HistoryOptions { BatchLimit = 2, BeforeBatch = () => { if (written++ == batches) throw new IOException("killed"); } };
            await using var dies = JournalHistory.InFile(journal, Path, TimeProvider.System, options: options);
            await Assert.ThrowsAnyAsync<Exception>(async () =>
            {
                await dies.CatchUp(Cancel);
                throw new IOException("it was done before it could die");
            });
        }
        await using var history = Open(journal);
        await history.CatchUp(Cancel);
        Assert.Equal(["1", "2", "3"], await Cases(history));
    }

    [Fact]
    public async Task It_is_built_anew_when_it_is_ahead_of_the_journal()
    {
        await using (var journal = new MemoryJournal())
        await using (var history = Open(journal))
        {
            await SmallJournal.Fill(journal);
            await history.CatchUp(Cancel);
        }
        await using var restored = new MemoryJournal();
        await SmallJournal.Open("a", restored);
        await using var other = Open(restored);
        await other.CatchUp(Cancel);
        Assert.Equal(["a"], await Cases(other));
    }

    [Fact]
    public async Task It_is_built_anew_when_the_journal_has_gone_another_way()
    {
        await using (var journal = new MemoryJournal())
        await using (var history = Open(journal))
        {
            await SmallJournal.Open("x", journal);
            await history.CatchUp(Cancel);
        }
        await using var another = new MemoryJournal();
        await SmallJournal.Fill(another);
        await SmallJournal.Open("a", another);
        await using var other = Open(another);
        await other.CatchUp(Cancel);
        Assert.Equal(["1", "2", "3", "a"], await Cases(other));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(20_000)]
    public async Task It_is_built_anew_when_its_file_is_damaged(int at)
    {
        await using var journal = new MemoryJournal();
        await SmallJournal.Fill(journal);
        await using (var history = Open(journal)) await history.CatchUp(Cancel);
        await using (var file = new FileStream(Path, FileMode.Open))
        {
            file.Seek(at, SeekOrigin.Begin);
            file.Write([.. Enumerable.Repeat((byte)0xA5, 60_000)]);
        }
        await using var mended = Open(journal);
        for (var tries = 0; ; tries++)
        {
            try
            {
                await mended.CatchUp(Cancel);
                Assert.Equal(["1", "2", "3"], await Cases(mended));
                return;
            }
            catch (HistoryBehindException) when (tries < 2)
            {
                // Whoever was unlucky enough to find it asks again.
            }
        }
    }

    [Fact]
    public async Task A_file_of_somebody_else_is_left_alone()
    {
        await using var journal = await SqliteJournal.Open(new SqliteJournalOptions { Path = Path }, TimeProvider.System);
        await using var history = Open(journal);
        var refused = await Assert.ThrowsAsync<JournalUnusableException>(async () => await history.CatchUp(Cancel));
        Assert.Contains(Path, refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private JournalHistory Open(IJournal journal) => JournalHistory.InFile(journal, Path, TimeProvider.System, NullLogger.Instance);

    private static async Task<List<string>> Cases(JournalHistory history) =>
        await ((HistoryFile)history.Tables).Read(reader => Journal.Sqlite.Reading.Reader.All(reader["SELECT key FROM found_case ORDER BY id"], row => row.Text(0)), Cancel);
}
