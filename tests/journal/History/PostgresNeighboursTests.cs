using System.Collections.Immutable;
using Npgsql;
using RoutingGrid.Journal.History;
using RoutingGrid.Journal.History.Postgres;
using RoutingGrid.Journal.History.Search;
using RoutingGrid.Journal.Postgres;
using RoutingGrid.Journal.Tests.Postgres;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Tests.History;

/// <summary>The neighbours of a block are put together when it is old enough, follow what changes, and forget what must be forgotten.</summary>
public sealed class PostgresNeighboursTests
{
    private const int Cases = 3_100;
    private readonly Dictionary<int, CaseState> _states = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_follow_what_is_written_and_forget_what_is_erased()
    {
        var connection = await TestDatabases.Create();
        await using var database = NpgsqlDataSource.Create(connection);
        await using var journal = await PostgresJournal.Open(new PostgresJournalOptions { Connection = connection }, TimeProvider.System);
        await using var history = JournalHistory.Of(journal, TimeProvider.System);
        foreach (var some in Enumerable.Range(0, Cases).Chunk(100)) await Append(journal, some, number => [Opened(), Queued(), Says(number % 50 == 7 ? "esto es de zurich" : $"esto es de nadie {number}")]);
        await history.CatchUpPatiently(Cancel);
        // Two blocks lie behind the newest two.
        Assert.Equal((int[])[0, 0], await Changed(database));
        Assert.Equal(Numbers(7, 50), await Find(history, "\"de z\"*"));
        Assert.Empty(await Find(history, "\"es zurich\""));

        // One in the oldest block comes to have it, and those that are no more known than it is are looked at.
        await Append(journal, [12], _ => [Says("mas de zaragoza")]);
        Assert.Equal((int[])[.. Numbers(7, 50).Append(12).OrderDescending()], await Find(history, "\"de z\"*"));
        Assert.Equal((int[])[1, 0], await Changed(database));

        // Where many have changed, all are known again.
        foreach (var some in Enumerable.Range(100, 260).Chunk(100)) await Append(journal, some, _ => [Says("pues de zamora")]);
        Assert.Equal((int[])[.. Enumerable.Range(100, 260).Reverse()], await Find(history, "\"de zam\"*"));
        Assert.Equal((int[])[0, 0], await Changed(database));

        Assert.True(await IsKept(database, 0, "pues", "de", 100));
        await Append(journal, [.. Enumerable.Range(100, 40)], _ => [new CaseCustomerErased { At = Given.Start, Pseudonym = "erased:1" }]);
        Assert.Equal((int[])[.. Enumerable.Range(140, 220).Reverse()], await Find(history, "\"de zam\"*"));
        Assert.Equal((int[])[0, 0], await Changed(database));
        Assert.False(await IsKept(database, 0, "pues", "de", 100));
        Assert.True(await IsKept(database, 0, "pues", "de", 140));

        await history.Rebuild(cancel: Cancel);
        Assert.Equal((int[])[0, 0], await Changed(database));
        Assert.Equal((int[])[.. Enumerable.Range(140, 220).Reverse()], await Find(history, "\"de zam\"*"));
    }

    [Fact]
    public async Task A_case_that_is_archived_leaves_nothing()
    {
        var connection = await TestDatabases.Create();
        await using var database = NpgsqlDataSource.Create(connection);
        await using var journal = await PostgresJournal.Open(new PostgresJournalOptions { Connection = connection }, TimeProvider.System);
        await using var history = JournalHistory.Of(journal, TimeProvider.System);
        foreach (var some in Enumerable.Range(0, 2_100).Chunk(100)) await Append(journal, some, _ => [Opened(), Queued(), Says("esto es de nadie")]);
        await history.CatchUpPatiently(Cancel);
        Assert.True(await IsKept(database, 0, "de", "nadie", 5));
        await history.Tables.Forget([Given.Case("5")], 1, Cancel);
        Assert.False(await IsKept(database, 0, "de", "nadie", 5));
        Assert.True(await IsKept(database, 0, "de", "nadie", 6));
    }

    private async Task Append(IJournal journal, int[] numbers, Func<int, ImmutableArray<DomainEvent>> happens)
    {
        var streams = ImmutableArray.CreateBuilder<StreamAppend>();
        var changes = ImmutableArray.CreateBuilder<ReadModelChange>();
        foreach (var number in numbers)
        {
            var (before, events) = (_states.GetValueOrDefault(number, CaseState.None), happens(number));
            var after = _states[number] = CaseFold.Evolve(before, events);
            streams.Add(new StreamAppend(Given.Case($"{number}"), before.Version, events));
            JournalWrites.AddCase(changes, Given.Workspace, $"{number}", before, after);
        }
        Assert.IsType<AppendResult.Committed>(await journal.Append(new Append(streams.DrainToImmutable(), changes.DrainToImmutable(), []), Cancel));
    }

    private static async Task<int[]> Find(JournalHistory history, string text) =>
        [.. (await history.Find(Given.Workspace, new CaseSearch { Text = text }, null, Cases, Cancel)).Items.Select(int.Parse)];

    /// <summary>Of how many cases nothing is known, block by block.</summary>
    private static async Task<int[]> Changed(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand($"SELECT body FROM routinggrid.history_author WHERE id >> 28 & 255 = {CaseNeighbours.Kind} ORDER BY id");
        await using var rows = await command.ExecuteReaderAsync(Cancel);
        var counts = new List<int>();
        while (await rows.ReadAsync(Cancel)) counts.Add(rows.GetFieldValue<byte[]>(0).Sum(eight => int.PopCount(eight)));
        return [.. counts];
    }

    private static async Task<bool> IsKept(NpgsqlDataSource database, long block, string word, string next, int slot)
    {
        var beginning = Neighbours.Beginning(next, isPrefix: false);
        var id = CaseNumber.Of(new AuthorBlock(1, CaseNeighbours.KindOf(word, beginning), block));
        await using var command = database.CreateCommand($"SELECT body FROM routinggrid.history_author WHERE id = {id}");
        var found = new ulong[Block.BitBytes / sizeof(ulong)];
        return await command.ExecuteScalarAsync(Cancel) is byte[] body
            && Neighbours.Find(body, System.Text.Encoding.UTF8.GetBytes(word), beginning, found)
            && (found[slot >> 6] & (1ul << (slot & 63))) != 0;
    }

    private static int[] Numbers(int from, int step) => [.. Enumerable.Range(0, Cases).Where(number => number % step == from).OrderDescending()];

    private static CaseOpened Opened() => new()
    {
        At = Given.Start, CustomerId = "chat:somebody", CustomerName = "Somebody", Channel = "chat", Account = "@brand", Thread = "t",
        Profile = new CaseProfile(null, null, null, 0, ImmutableDictionary<string, string>.Empty),
    };

    private static CaseQueued Queued() => new() { At = Given.Start, Queue = "care", Because = QueuedBecause.New, VirtualStart = Given.Start, Needs = Requirements.None };

    private static MessageReceived Says(string text) => new() { At = Given.Start, MessageId = "m", Text = text };
}
