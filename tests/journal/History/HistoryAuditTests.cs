using RoutingGrid.Journal.History;
using RoutingGrid.Journal.History.Sqlite;
using RoutingGrid.Journal.Sqlite;
using RoutingGrid.Journal.Tests.Sqlite;

namespace RoutingGrid.Journal.Tests.History;

/// <summary>The audit notices what searches would not find, or find wrongly.</summary>
public sealed class HistoryAuditTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("UPDATE followed SET position = position", null)]
    [InlineData("DELETE FROM found_case WHERE key = '2'", "lacks case acme/2")]
    [InlineData("UPDATE block SET body = zeroblob(4000) WHERE id >> 28 & 255 = 3", "another Queue of case acme/1")]
    [InlineData("UPDATE block SET body = zeroblob(8000) WHERE id >> 28 & 255 = 7", "another Created of case acme/3")]
    [InlineData("DELETE FROM case_text", "does not find case acme/3 by its words")]
    [InlineData("INSERT INTO found_case VALUES (68719477000, 'x', 99, '', NULL)", "4 cases; there are 3")]
    public async Task A_difference_is_told(string damage, string? told)
    {
        await using var journal = await SqliteJournal.Open(new SqliteJournalOptions { Path = _folder.File("journal.db") }, TimeProvider.System);
        await journal.Append(Given.Configured(Given.Workspace), Cancel);
        foreach (var id in (string[])["1", "2", "3"]) await SmallJournal.Open(id, journal, Given.Note($"something in {id}"));
        await using var history = JournalHistory.Of(journal, TimeProvider.System);
        await history.CatchUp(Cancel);
        await ((HistoryFile)history.Tables).Execute(damage);
        var differences = await history.Inspect(Cancel).ToListAsync(Cancel);
        if (told is null) Assert.Empty(differences);
        else Assert.Contains(differences, difference => difference.Contains(told, StringComparison.Ordinal));
        await history.Rebuild(cancel: Cancel);
        Assert.Empty(await history.Inspect(Cancel).ToListAsync(Cancel));
    }

    public void Dispose() => _folder.Dispose();
}
