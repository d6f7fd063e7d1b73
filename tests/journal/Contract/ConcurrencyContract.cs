namespace RoutingGrid.Journal.Tests.Contract;

public abstract class ConcurrencyContract(IStore store) : JournalContract(store)
{
    [Fact]
    public async Task One_conflict_among_500_fails_alone()
    {
        await Commit(Given.Append(Given.Notes(Given.Case("taken"), 0, "a")));
        var results = await Task.WhenAll(Enumerable.Range(0, 500)
            .Select(i => Journal.Append(Given.Append(Given.Notes(Given.Case(i == 250 ? "taken" : $"{i}"), 0, "x"), Given.Put($"{i}", Given.Queued()))).AsTask()));

        Assert.Equal(new AppendResult.VersionConflict(Given.Case("taken"), 0, 1), results[250]);
        Assert.Equal(499, results.OfType<AppendResult.Committed>().Select(committed => committed.Position).Distinct().Count());
        Assert.Equal(500, (await All()).Count);
        Assert.Equal(499, (await Read.CasesToRoute(Given.Workspace)).Count);
    }

    [Fact]
    public async Task One_claim_of_many_at_once_wins()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 100)
            .Select(i => Journal.Append(new Append([Given.Notes(Given.Case($"{i}"), 0, "x")], [], [new Claim("message", $"{i}")])).AsTask()));
        var winner = Assert.Single(results.Index(), result => result.Item is AppendResult.Committed).Index;
        Assert.All(results.OfType<AppendResult.ClaimTaken>(), taken => Assert.Equal(new AppendResult.ClaimTaken("message", $"{winner}"), taken));
        Assert.Equal($"{winner}", (await All()).Single().Stream.Id);
    }

    [Fact]
    public async Task Appends_to_one_stream_that_are_sent_without_waiting_are_taken_in_order()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Journal.Append(Given.Append(Given.Notes(Given.Case("1"), i, $"{i}"))).AsTask()));
        Assert.All(results, result => Assert.IsType<AppendResult.Committed>(result));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => Given.Note($"{i}")), (await All()).Select(r => r.Event));
    }

    [Fact]
    public async Task Of_many_writers_on_one_stream_exactly_one_wins_each_version()
    {
        const int writers = 8, each = 25;
        var won = await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            var mine = new List<long>();
            for (long version = 0; mine.Count < each;)
            {
                switch (await Journal.Append(Given.Append(Given.Notes(Given.Case("1"), version, $"{writer}"))))
                {
                    case AppendResult.Committed: mine.Add(++version); break;
                    case AppendResult.VersionConflict conflict: version = conflict.Actual; break;
                    case var other: Assert.Fail(other.ToString()); break;
                }
            }
            return mine;
        })));

        Assert.Equal(Enumerable.Range(1, writers * each).Select(v => (long)v), won.SelectMany(versions => versions).Order());
        var stream = await Journal.ReadStream(Given.Case("1"));
        for (var writer = 0; writer < writers; writer++)
            Assert.Equal(won[writer], stream.Where(r => r.Event == Given.Note($"{writer}")).Select(r => r.Version));
    }

    [Fact]
    public async Task Who_reads_along_never_skips_a_position()
    {
        const int writers = 4, each = 200;
        var writing = Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++) await Commit(Given.Append(Given.Notes(Given.Case($"{writer}"), i * 2, "a", "b")));
        })));
        long position = 0;
        while (position < writers * each * 2)
        {
            await foreach (var recorded in Journal.ReadAll(position)) Assert.Equal(++position, recorded.Position);
        }
        await writing;
    }

    [Fact]
    public async Task Read_models_are_in_step_with_events_at_every_commit()
    {
        const int commits = 300;
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < commits; i++)
                await Commit(Given.Append(Given.Notes(Given.Case("1"), i, "a"), Given.Put("1", Given.Queued() with { Version = i + 1 })));
        });
        for (long row = 0; row < commits;)
        {
            var before = (await Journal.ReadStream(Given.Case("1"))).Count;
            row = (await Read.Case(Given.Workspace, "1"))?.State.Version ?? 0;
            var after = (await Journal.ReadStream(Given.Case("1"))).Count;
            Assert.InRange(row, before, after);
        }
        await writing;
    }

    [Fact]
    public async Task What_was_acknowledged_is_seen_by_the_next_read() => await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
    {
        for (var i = 0; i < 50; i++)
        {
            await Commit(Given.Append(Given.Notes(Given.Case($"{writer}"), i, "a"), Given.Put($"{writer}", Given.Queued() with { Version = i + 1 })));
            Assert.Equal(i + 1, (await Journal.ReadStream(Given.Case($"{writer}"))).Count);
            Assert.Equal(i + 1, (await Read.Case(Given.Workspace, $"{writer}"))!.State.Version);
        }
    })));
}
