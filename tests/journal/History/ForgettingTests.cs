using System.Text;
using RoutingGrid.Journal.History;
using RoutingGrid.Journal.History.Search;
using RoutingGrid.Journal.Memory;
using RoutingGrid.Journal.Tests.Personal;
using RoutingGrid.Journal.Tests.Sqlite;

namespace RoutingGrid.Journal.Tests.History;

/// <summary>What was erased is not found any more, and is not in the file either.</summary>
public sealed class ForgettingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_of_an_erased_customer_is_found_or_left_in_the_file(bool among)
    {
        await using var journal = new MemoryJournal();
        var lives = new Lives(journal);
        if (among) await new RandomHistory(3).Go(journal, 500);
        await lives.Live(Lives.Customer, 1);
        await lives.Live("chat:somebody", 1);
        await using (var history = JournalHistory.InFile(journal, _folder.File("history"), TimeProvider.System))
        {
            Assert.Equal(2, (await Find(history, new CaseSearch { Text = "asuncion" })).Length);
            Assert.Single(await Find(history, new CaseSearch { Customer = Lives.Customer }));
            Assert.Contains("quiroga", await Bytes(), StringComparison.Ordinal);

            var erasure = await lives.Erasing(Lives.Customer);
            Assert.IsType<AppendResult.Committed>(await journal.Append(erasure, Cancel));
            Assert.Single(await Find(history, new CaseSearch { Text = "asuncion" }));
            Assert.Empty(await Find(history, new CaseSearch { Customer = Lives.Customer }));
            Assert.Empty(await Find(history, new CaseSearch { User = "7731" }));
            Assert.Single(await Find(history, new CaseSearch { Customer = erasure.Erasure!.Pseudonym }));
            Assert.Equal(2, (await Find(history, new CaseSearch { Rating = Routing.Cases.Rating.Negative, Reason = "solved", Agent = "ana", Account = "air" })).Length);

            while (await history.Tables.Tidy(Cancel))
            {
            }
        }
        var bytes = await Bytes();
        foreach (var word in (string[])["7731", "ximena.quiroga"]) Assert.DoesNotContain(word, bytes, StringComparison.Ordinal);
        Assert.Contains("somebody", bytes, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> Bytes()
    {
        var bytes = new StringBuilder();
        foreach (var ending in (string[])["", "-wal"])
            if (File.Exists(_folder.File("history" + ending))) bytes.Append(Encoding.Latin1.GetString(await ReadShared(_folder.File("history" + ending))));
        return bytes.ToString();
    }

    private static async Task<byte[]> ReadShared(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes, Cancel);
        return bytes;
    }

    private static async Task<string[]> Find(JournalHistory history, CaseSearch search) => [.. (await history.Find(Given.Workspace, search, null, 500, Cancel)).Items];
}
