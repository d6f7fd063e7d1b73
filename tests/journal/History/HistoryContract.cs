using RoutingGrid.Journal.History;
using RoutingGrid.Journal.History.Search;
using RoutingGrid.Journal.Tests.Contract;

namespace RoutingGrid.Journal.Tests.History;

/// <summary>What a history finds is what the events say, in every store.</summary>
public abstract class HistoryContract(IStore store) : JournalContract(store)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Every_combination_of_filters_finds_what_the_events_say(int seed)
    {
        var world = new RandomHistory(seed);
        await using var history = JournalHistory.Of(Journal, TimeProvider.System, options: new HistoryOptions { BatchLimit = 16 });
        for (var round = 0; round < 4; round++)
        {
            await world.Go(Journal, 150);
            for (var i = 0; i < 60; i++)
            {
                var search = world.Search();
                var found = await history.Find(Given.Workspace, search, null, 500, Cancel);
                Assert.True(world.Expected(search).SequenceEqual(found.Items), $"seed {seed}, round {round}: {search}\nexpected {string.Join(' ', world.Expected(search))}\nfound    {string.Join(' ', found.Items)}");
            }
        }
    }

    [Fact]
    public async Task A_walk_through_pages_meets_each_case_once_while_cases_arrive()
    {
        var world = new RandomHistory(9);
        await using var history = JournalHistory.Of(Journal, TimeProvider.System);
        await world.Go(Journal, 200);
        var (expected, met) = (world.Newest, new List<string>());
        string? cursor = null;
        do
        {
            var page = await history.Find(Given.Workspace, new CaseSearch(), cursor, 7, Cancel);
            met.AddRange(page.Items);
            cursor = page.Next;
            await world.Go(Journal, 10);
        }
        while (cursor is not null);
        Assert.Equal(expected, met);
    }

    [Fact]
    public async Task Who_dies_between_batches_leaves_nothing_twice_and_nothing_out()
    {
        var world = new RandomHistory(10);
        await world.Go(Journal, 400);
        var batches = 0;
        var options = new HistoryOptions { BatchLimit = 7, Remembered = 10, BeforeBatch = () => { if (++batches % 5 == 0) throw new IOException("killed"); } };
        await using var history = JournalHistory.Of(Journal, TimeProvider.System, options: options);
        for (var tries = 0; ; tries++)
        {
            try
            {
                await history.CatchUp(Cancel);
                break;
            }
            catch (IOException) when (tries < 1000)
            {
                // Begins where the last batch ended.
            }
        }
        Assert.True(batches > 50);
        for (var i = 0; i < 100; i++)
        {
            var search = world.Search();
            var found = await history.Find(Given.Workspace, search, null, 500, Cancel);
            Assert.True(world.Expected(search).SequenceEqual(found.Items), $"{search}");
        }
    }

    [Fact]
    public async Task Workspaces_do_not_see_each_other()
    {
        await new RandomHistory(12).Go(Journal, 30);
        await using var history = JournalHistory.Of(Journal, TimeProvider.System);
        Assert.Empty((await history.Find("another", new CaseSearch { Text = "de" }, null, 10, Cancel)).Items);
        await Journal.Append(new Append(Given.Notes(Given.Case("x", "another"), 0, "la de"), []), Cancel);
        Assert.DoesNotContain("x", (await history.Find(Given.Workspace, new CaseSearch(), null, 100, Cancel)).Items);
    }
}

public sealed class MemoryHistoryTests() : HistoryContract(new MemoryStore());

public sealed class SqliteHistoryTests() : HistoryContract(new SqliteStore());

public sealed class PostgresHistoryTests() : HistoryContract(new PostgresStore())
{
    [Fact]
    public async Task Two_who_follow_oneJournal_at_once_count_nothing_twice()
    {
        var world = new RandomHistory(11);
        await using var one = JournalHistory.Of(Journal, TimeProvider.System, options: new HistoryOptions { BatchLimit = 5 });
        await using var other = JournalHistory.Of(Journal, TimeProvider.System, options: new HistoryOptions { BatchLimit = 3 });
        for (var round = 0; round < 10; round++)
        {
            await world.Go(Journal, 60);
            await Task.WhenAll(one.CatchUp(Cancel).AsTask(), other.CatchUp(Cancel).AsTask());
            Assert.Equal(world.Newest, (await one.Find(Given.Workspace, new CaseSearch(), null, 1000, Cancel)).Items);
            Assert.Equal(world.Newest, (await other.Find(Given.Workspace, new CaseSearch(), null, 1000, Cancel)).Items);
        }
    }

    [Fact]
    public async Task A_word_is_found_in_its_other_forms()
    {
        await SmallJournal.Open("plural", Journal, Given.Note("Quiero mis reembolsos"));
        await SmallJournal.Open("singular", Journal, Given.Note("el reembolso"));
        await SmallJournal.Open("english", Journal, Given.Note("All my parcels were broken"));
        await using var history = JournalHistory.Of(Journal, TimeProvider.System);
        Assert.Equal(["singular", "plural"], (await history.Find(Given.Workspace, new CaseSearch { Text = "Reembolso" }, null, 9, Cancel)).Items);
        Assert.Equal(["singular", "plural"], (await history.Find(Given.Workspace, new CaseSearch { Text = "reembolsos" }, null, 9, Cancel)).Items);
        Assert.Equal(["english"], (await history.Find(Given.Workspace, new CaseSearch { Text = "parcel" }, null, 9, Cancel)).Items);
        Assert.Equal(["english", "singular"], (await history.Find(Given.Workspace, new CaseSearch { Text = "-\"mis reembolsos\"" }, null, 9, Cancel)).Items);
    }
}
