using Npgsql;
using RoutingGrid.Journal.History;
using RoutingGrid.Journal.History.Search;
using RoutingGrid.Journal.History.Sqlite;
using RoutingGrid.Journal.Postgres;
using RoutingGrid.Journal.Tests.Contract;
using RoutingGrid.Journal.Tests.Postgres;

namespace RoutingGrid.Journal.Tests.History;

/// <summary>Searches of cases in several blocks, and in two groups of blocks, against the plain reading of all events.</summary>
public abstract class ManyCasesContract
{
    private const int Cases = 5_200;
    private const int Searches = 120;
    private const int TextSearches = 150;
    private const int MostPages = 10;

    // So many lie before them and are gone: those that are there begin in one group and end in the next.
    private const int Before = (Group.Blocks * Block.Size) - 2_650;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected static string Numbered => $"(name, cases) VALUES ('{Given.Workspace}', {Before})";

    protected static async Task Compare(int seed, IJournal journal, JournalHistory history)
    {
        var world = new RandomHistory(seed, isLarge: true);
        await world.Lives(journal, Cases);
        await history.CatchUpPatiently(Cancel);
        // Some go on, also old ones.
        await world.Go(journal, 300);
        await history.CatchUpPatiently(Cancel);
        var newest = world.Newest;
        for (var i = 0; i < Searches + TextSearches; i++)
        {
            var search = i < Searches ? world.Search() : world.TextSearch();
            var expected = world.Expected(search);
            var (size, found, cursor) = (world.PageSize(), new List<string>(), (string?)null);
            do
            {
                var page = await history.Find(Given.Workspace, search, cursor, size, Cancel);
                Assert.True(page.Next is null || page.Items.Length == size, $"seed {seed}, search {i}: a page of {page.Items.Length} of {size} is not the last one");
                found.AddRange(page.Items);
                cursor = page.Next;
            }
            while (cursor is not null && found.Count < MostPages * size);
            Assert.True(expected.Take(cursor is null ? int.MaxValue : found.Count).SequenceEqual(found), $"seed {seed}, search {i}: {search}\nin pages of {size}: {found.Count} found, {expected.Count} expected, differing {string.Join(' ', expected.Except(found).Concat(found.Except(expected)).Take(20))}");

            // From anywhere, also from a case that the search does not find.
            var place = 1 + world.Place(newest.Count - 2);
            var before = (await history.Find(Given.Workspace, new CaseSearch(), null, place, Cancel)).Next;
            var rest = newest.Skip(place).ToHashSet();
            var after = (await history.Find(Given.Workspace, search, before, size, Cancel)).Items;
            Assert.True(expected.Where(rest.Contains).Take(size).SequenceEqual(after), $"seed {seed}, search {i}: {search}\n{size} after the newest {place}");
        }
        Assert.Empty(await history.Inspect(Cancel).ToListAsync(Cancel));
    }
}

public sealed class SqliteManyCasesTests : ManyCasesContract
{
    [Theory]
    [InlineData(1)]
    public async Task Every_page_of_every_search_is_what_the_events_say(int seed)
    {
        await using var store = new SqliteStore();
        await using var journal = await store.Open();
        await using var history = JournalHistory.Of(journal, TimeProvider.System);
        await ((HistoryFile)history.Tables).Execute($"INSERT INTO workspace {Numbered}");
        await Compare(seed, journal, history);
    }
}

public sealed class PostgresManyCasesTests : ManyCasesContract
{
    [Theory]
    [InlineData(2)]
    public async Task Every_page_of_every_search_is_what_the_events_say(int seed)
    {
        var connection = await TestDatabases.Create();
        await using var journal = await PostgresJournal.Open(new PostgresJournalOptions { Connection = connection }, TimeProvider.System);
        await using (var database = NpgsqlDataSource.Create(connection))
        await using (var number = database.CreateCommand($"INSERT INTO routinggrid.history_workspace {Numbered}"))
            await number.ExecuteNonQueryAsync(Cancel);
        await using var history = JournalHistory.Of(journal, TimeProvider.System);
        await Compare(seed, journal, history);
    }
}
