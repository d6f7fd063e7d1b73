using System.Globalization;
using Npgsql;
using RoutingGrid.Journal.Codec;
using RoutingGrid.Journal.Postgres;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Tests.Postgres;

public sealed class GroupTests : PostgresTest
{
    private readonly Gate _gate = new();

    private PostgresJournalOptions OneLane => Options with { Lanes = 1, BeforeCommit = _gate.Pass };

    [Fact]
    public async Task Who_waits_while_a_commit_runs_shares_the_next_one()
    {
        var journal = await Open(OneLane);
        var waiting = await SendBehindTheGate(journal, () => Send(journal, 100));
        Assert.All(await Task.WhenAll(waiting), result => Assert.IsType<AppendResult.Committed>(result));
        Assert.Equal(new PostgresJournalStatistics(2, 101), journal.Statistics);
    }

    [Fact]
    public async Task Groups_can_be_switched_off()
    {
        var journal = await Open(Options with { GroupLimit = 1 });
        await Task.WhenAll(Send(journal, 50));
        Assert.Equal(50, journal.Statistics.Groups);
    }

    [Fact]
    public async Task One_conflict_and_one_taken_claim_among_500_fail_alone_and_in_one_commit()
    {
        var journal = await Open(OneLane);
        await Commit(journal, new Append([Given.Notes(Given.Case("taken"), 0, "a")], [], [new Claim("key", "first")]));
        var results = await Task.WhenAll(await SendBehindTheGate(journal, () =>
        [
            .. Enumerable.Range(0, 500).Select(i => journal.Append(i switch
            {
                100 => Given.Append(Given.Notes(Given.Case("taken"), 0, "x"), Given.Put("taken", Given.Queued("wrong"))),
                200 => new Append([Given.Notes(Given.Case("200"), 0, "x")], [], [new Claim("key", "second")]),
                // What follows on a refused one is refused too; what follows on one that passed passes.
                201 => Given.Append(Given.Notes(Given.Case("200"), 1, "x")),
                301 => Given.Append(Given.Notes(Given.Case("300"), 1, "x")),
                _ => Given.Append(Given.Notes(Given.Case($"{i}"), 0, "x"), Given.Put($"{i}", Given.Queued())),
            }).AsTask()),
        ]));

        Assert.Equal(new AppendResult.VersionConflict(Given.Case("taken"), 0, 1), results[100]);
        Assert.Equal(new AppendResult.ClaimTaken("key", "first"), results[200]);
        Assert.Equal(new AppendResult.VersionConflict(Given.Case("200"), 1, 0), results[201]);
        Assert.Equal(497, results.Count(result => result is AppendResult.Committed));
        Assert.Equal(3, journal.Statistics.Groups);
        Assert.Equal(Enumerable.Range(1, 499).Select(i => (long)i), await Positions(journal));
        Assert.Null(await journal.Read.Case(Given.Workspace, "taken"));
        Assert.Equal(496, (await journal.Read.CasesToRoute(Given.Workspace)).Count);
    }

    [Fact]
    public async Task Who_stops_waiting_has_written_all_the_same()
    {
        var journal = await Open(OneLane);
        using var cancel = new CancellationTokenSource();
        _gate.Close();
        var waiting = journal.Append(Given.Append(Given.Notes(Given.Case("1"), 0, "a")), cancel.Token).AsTask();
        await _gate.Reached;
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        _gate.Open();
        await Commit(journal, Given.Append(Given.Notes(Given.Case("1"), 1, "b")));
        Assert.Equal(2, (await journal.ReadStream(Given.Case("1"))).Count);
    }

    [Fact]
    public async Task What_is_more_than_may_wait_is_refused_at_once_and_the_rest_is_written()
    {
        var journal = await Open(OneLane with { QueueLimit = 3, GroupLimit = 1 });
        _gate.Close();
        var first = journal.Append(Given.Append(Given.Notes(Given.Case("first"), 0, "a"))).AsTask();
        await _gate.Reached;
        var sent = Send(journal, 10);
        var refused = sent.Where(task => task.IsCompletedSuccessfully).Select(task => task.GetAwaiter().GetResult()).ToArray();
        Assert.Equal(7, refused.Length);
        Assert.All(refused, result => Assert.InRange(Assert.IsType<AppendResult.Overloaded>(result).RetryAfter, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(10)));
        _gate.Open();
        Assert.All(await Task.WhenAll([first, .. sent.Take(3)]), result => Assert.IsType<AppendResult.Committed>(result));
        Assert.Equal(4, (await journal.ReadAll().ToListAsync()).Count);
    }

    [Fact]
    public async Task A_write_that_the_tables_do_not_take_fails_alone()
    {
        var journal = await Open(OneLane);
        await Execute("ALTER TABLE claim ADD CONSTRAINT poison CHECK (key <> 'poison')");
        Task<AppendResult>? bad = null;
        var good = await SendBehindTheGate(journal, () =>
        {
            var before = Send(journal, 20);
            bad = journal.Append(new Append([Given.Notes(Given.Case("bad"), 0, "a")], [Given.Put("bad", Given.Queued())], [new Claim("poison", "")])).AsTask();
            return [.. before, .. Send(journal, 20, "later")];
        });
        Assert.All(await Task.WhenAll(good), result => Assert.IsType<AppendResult.Committed>(result));
        Assert.Contains("poison", (await Assert.ThrowsAsync<JournalUnusableException>(() => bad!)).Message, StringComparison.Ordinal);
        Assert.Empty(await journal.ReadStream(Given.Case("bad")));
        Assert.Null(await journal.Read.Case(Given.Workspace, "bad"));
        Assert.Equal(Enumerable.Range(1, 41).Select(i => (long)i), await Positions(journal));
        await Commit(journal, Given.Append(Given.Notes(Given.Case("bad"), 0, "a")));
    }

    [Fact]
    public async Task A_name_that_is_no_text_to_the_server_is_an_error_and_costs_nobody_else_anything()
    {
        var journal = await Open();
        foreach (var name in (string[])["zero\0", "half \ud83d", "half \ude00 again"])
        {
            await Assert.ThrowsAsync<ArgumentException>(async () => await journal.Append(Given.Append(Given.Notes(Given.Case(name), 0, "a"))));
            await Assert.ThrowsAsync<ArgumentException>(async () => await journal.Append(new Append([], [], [new Claim(name, "")])));
            await Assert.ThrowsAsync<ArgumentException>(async () => await journal.Append(Given.Only(Given.Put("1", Given.Queued(queue: name)))));
            await Assert.ThrowsAsync<ArgumentException>(async () => await journal.Append(Given.Only(Given.PutDeadline(Given.Deadline("1", 1, key: name)))));
            await Assert.ThrowsAsync<ArgumentException>(async () => await journal.Documents.Put("c", name, default, null));
        }
        await Commit(journal, Given.Append(Given.Notes(Given.Case("niño 🙂"), 0, "zero\0 in a text")));
        Assert.Equal(Given.Note("zero\0 in a text"), Assert.Single(await journal.ReadStream(Given.Case("niño 🙂"))).Event);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Rows_and_events_are_in_step_in_every_snapshot(bool alone)
    {
        const int writers = 8, each = 40;
        var journal = await Open(Options with { Lanes = 3, Exclusive = alone });
        var writing = Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++)
                await Commit(journal, Given.Append(
                    Given.Notes(Given.Case($"{writer}"), i, "a"), Given.Put($"{writer}", Given.Queued() with { Version = i + 1 }), Given.PutDeadline(Given.Deadline($"{writer}", i))));
        })));
        await using var source = NpgsqlDataSource.Create(Connection + ";Search Path=routinggrid");
        for (long last = 0; last < writers * each;)
        {
            await using var compare = source.CreateCommand(
                $"""
                SELECT count(*) FILTER (WHERE c.body_version <> (c.body::json ->> 'version')::bigint OR c.version > l.version OR c.version < {(alone ? "c.body_version" : "l.version")}
                    OR l.version - 1 <> (SELECT (due - {Given.Start.UtcTicks}) / 10000000 FROM deadline WHERE owner = s.id)), coalesce(sum(l.version), 0)::bigint
                FROM stream s LEFT JOIN case_row c ON c.id = s.id LEFT JOIN LATERAL (SELECT max(version) AS version FROM slice WHERE stream = s.id) l ON true
                """);
            await using var reader = await compare.ExecuteReaderAsync();
            await reader.ReadAsync();
            Assert.Equal(0, reader.GetInt64(0));
            last = reader.GetInt64(1);
        }
        await writing;
    }

    /// <summary>Who writes alone leaves the body of an open case's row some events behind, and never a reader.</summary>
    [Fact]
    public async Task A_row_whose_body_is_behind_is_read_with_the_events_after_it()
    {
        var journal = await Open(Options with { Exclusive = true });
        var (state, behind) = (CaseState.None, 0);
        for (var i = 0; i < 40; i++)
        {
            DomainEvent[] events = i == 0 ? [Opened(), Queued("support")] : i % 7 == 0 ? [Given.Note($"{i}"), Queued($"queue {i % 2}")] : [Given.Note($"{i}")];
            var version = state.Version;
            state = events.Aggregate(state, CaseFold.Evolve);
            await Commit(journal, Given.Append(new StreamAppend(Given.Case("1"), version, [.. events]), Given.Put("1", state)));
            if (await Ask("SELECT body_version < (SELECT max(version) FROM slice) FROM case_row") == "True") behind++;
            Assert.InRange(int.Parse((await Ask("SELECT (SELECT max(version) FROM slice) - body_version FROM case_row"))!, CultureInfo.InvariantCulture), 0, 12);

            Assert.Equal(StateCodec.ToUtf8(state), StateCodec.ToUtf8((await journal.Read.Case(Given.Workspace, "1"))!.State));
            Assert.Equal(StateCodec.ToUtf8(state), StateCodec.ToUtf8(Assert.Single(await journal.Read.CasesToRoute(Given.Workspace)).State));
            Assert.Equal(state.Queue, Assert.Single((await journal.Read.Cases(Given.Workspace, new CaseFilter(Queue: state.Queue), null, 5)).Items).State.Queue);
        }
        Assert.True(behind > 20);

        // Another process finds it as it is, and goes on.
        await journal.DisposeAsync();
        var next = await Open(Options with { Exclusive = true });
        Assert.Equal(StateCodec.ToUtf8(state), StateCodec.ToUtf8((await next.Read.Case(Given.Workspace, "1"))!.State));
        Assert.Empty(await ((IJournalMaintenance)next).Inspect().ToListAsync());
        var closed = new CaseClosed { At = Given.Start, By = "agent:ana", Kind = default };
        var last = CaseFold.Evolve(state, closed);
        Assert.IsType<AppendResult.VersionConflict>(await next.Append(Given.Append(new StreamAppend(Given.Case("1"), state.Version - 1, [closed]))));
        await Commit(next, Given.Append(new StreamAppend(Given.Case("1"), state.Version, [closed]), Given.Put("1", last)));
        Assert.Equal("0", await Ask("SELECT (SELECT max(version) FROM slice) - body_version FROM case_row"));
        Assert.Equal(StateCodec.ToUtf8(last), StateCodec.ToUtf8((await next.Read.Case(Given.Workspace, "1"))!.State));

        static CaseOpened Opened() => new() { At = Given.Start, CustomerId = "chat:ana", Channel = "chat", Account = "brand", Thread = "brand/direct", Profile = new CaseProfile(null, null, null, 0, []) };

        static CaseQueued Queued(string queue) => new() { At = Given.Start, Queue = queue, Because = default, VirtualStart = Given.Start, Needs = Requirements.None };
    }

    /// <summary>Has the one lane stand in a commit while more is sent.</summary>
    private async Task<Task<AppendResult>[]> SendBehindTheGate(PostgresJournal journal, Func<Task<AppendResult>[]> send)
    {
        _gate.Close();
        var first = journal.Append(Given.Append(Given.Notes(Given.Case("first"), 0, "a"))).AsTask();
        await _gate.Reached;
        var sent = send();
        _gate.Open();
        await first;
        return sent;
    }
}
