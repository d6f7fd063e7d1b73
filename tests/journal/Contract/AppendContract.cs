using RoutingGrid.Routing.Agents;

namespace RoutingGrid.Journal.Tests.Contract;

public abstract class AppendContract(IStore store) : JournalContract(store)
{
    [Fact]
    public async Task A_stream_can_be_read_from_its_beginning_only_and_an_event_be_looked_up()
    {
        Assert.Null(await Journal.Near(0));
        for (var i = 0; i < 10; i++) await Commit(Given.Append(Given.Notes(Given.Case("1"), i * 3, "a", "b", "c")));
        var all = await Journal.ReadStream(Given.Case("1"));
        var beginning = await Journal.ReadBeginning(Given.Case("1"), 5);
        Assert.InRange(beginning.Count, 5, 30);
        Assert.Equal(all.Take(beginning.Count), beginning);
        Assert.Equal(all, await Journal.ReadBeginning(Given.Case("1"), 31));
        Assert.Equal((await All(13))[0], await Journal.Near(13));
        Assert.Null(await Journal.Near(all[^1].Position));
    }

    [Fact]
    public async Task Versions_and_positions_count_from_one()
    {
        Assert.Equal(2, await Commit(Given.Append(Given.Notes(Given.Case("1"), 0, "a", "b"))));
        Assert.Equal(3, await Commit(Given.Append(Given.Notes(Given.Case("2"), 0, "c"))));
        Assert.Equal(4, await Commit(Given.Append(Given.Notes(Given.Case("1"), 2, "d"))));

        Assert.Equal(
            [(1L, "1", 1L, "a"), (2L, "1", 2L, "b"), (3L, "2", 1L, "c"), (4L, "1", 3L, "d")],
            (await All()).Select(r => (r.Position, r.Stream.Id, r.Version, ((Routing.Cases.NoteAdded)r.Event).Text)));
        Assert.Equal([1L, 2L, 4L], (await Journal.ReadStream(Given.Case("1"))).Select(r => r.Position));
    }

    [Fact]
    public async Task A_stream_is_read_from_any_version_on()
    {
        await Commit(Given.Append(Given.Notes(Given.Case("1"), 0, "a", "b", "c")));
        await Commit(Given.Append(Given.Notes(Given.Case("1"), 3, "d")));
        for (var after = 0; after <= 5; after++)
            Assert.Equal(Enumerable.Range(1, 4).Where(v => v > after).Select(v => (long)v), (await Journal.ReadStream(Given.Case("1"), after)).Select(r => r.Version));
        Assert.Empty(await Journal.ReadStream(Given.Case("never")));
        Assert.Empty(await Journal.ReadStream(Given.Case("1", "never")));
    }

    [Fact]
    public async Task All_is_read_from_any_position_on()
    {
        await Commit(Given.Append(Given.Notes(Given.Case("1"), 0, "a", "b", "c")));
        await Commit(Given.Append(Given.Notes(Given.Case("2"), 0, "d", "e")));
        for (var after = 0; after <= 6; after++)
            Assert.Equal(Enumerable.Range(1, 5).Where(p => p > after).Select(p => (long)p), (await All(after)).Select(r => r.Position));
    }

    [Fact]
    public async Task An_event_comes_back_with_everything_it_said()
    {
        var written = Given.Note("á\n🙂") with { At = Given.Start.AddTicks(7) };
        await Commit(Given.Append(new StreamAppend(Given.Case("1"), 0, [written])));
        Assert.Equal(written, (await Journal.ReadStream(Given.Case("1")))[0].Event);
    }

    [Theory, InlineData(0, 2), InlineData(1, 2), InlineData(3, 2), InlineData(1, 0)]
    public async Task A_wrong_version_is_refused_and_leaves_nothing(int expected, int actual)
    {
        if (actual > 0) await Commit(Given.Append(Given.Notes(Given.Case("1"), 0, "a", "b")));
        var refused = await Journal.Append(new Append(
            [Given.Notes(Given.Case("other"), 0, "x"), Given.Notes(Given.Case("1"), expected, "x")],
            [Given.Put("1", Given.Queued()), Given.PutDeadline(Given.Deadline("1", 1))],
            [new Claim("key", "value")]));

        Assert.Equal(new AppendResult.VersionConflict(Given.Case("1"), expected, actual), refused);
        Assert.Equal(actual, (await All()).Count);
        Assert.Null(await Read.Case(Given.Workspace, "1"));
        Assert.Null(await Read.Claimed("key"));
        Assert.Empty(await Read.Deadlines(DeadlineRow.ShardOf(Given.Deadline("1", 1).Owner), Given.Start.AddHours(1), 10));
        await Commit(Given.Append(Given.Notes(Given.Case("other"), 0, "y")));
    }

    [Fact]
    public async Task Several_streams_are_one_write()
    {
        var offer = new Append(
            [Given.Notes(Given.Case("1"), 0, "a"), new StreamAppend(Given.Agent("ana"), 0, [new CapacityReserved { At = Given.Start, CaseId = "1" }])], [], []);
        Assert.Equal(2, await Commit(offer));
        Assert.Single(await Journal.ReadStream(Given.Agent("ana")));

        var stale = new Append([Given.Notes(Given.Case("1"), 1, "b"), new StreamAppend(Given.Agent("ana"), 0, [new CapacityReserved { At = Given.Start, CaseId = "2" }])], [], []);
        Assert.Equal(new AppendResult.VersionConflict(Given.Agent("ana"), 0, 1), await Journal.Append(stale));
        Assert.Single(await Journal.ReadStream(Given.Case("1")));
    }

    [Fact]
    public async Task A_key_is_claimed_once()
    {
        Append Claiming(string stream, string value) => new([Given.Notes(Given.Case(stream), 0, "a")], [], [new Claim("fresh-" + stream, ""), new Claim("message-1", value)]);
        await Commit(Claiming("1", "case 1"));
        Assert.Equal(new AppendResult.ClaimTaken("message-1", "case 1"), await Journal.Append(Claiming("2", "case 2")));
        Assert.Equal("case 1", await Read.Claimed("message-1"));
        Assert.Null(await Read.Claimed("fresh-2"));
        Assert.Empty(await Journal.ReadStream(Given.Case("2")));
    }

    [Fact]
    public async Task Same_ids_of_other_kinds_and_workspaces_are_other_streams()
    {
        StreamId[] streams = [.. Enum.GetValues<StreamKind>().SelectMany(kind => new[] { new StreamId(kind, "a", "x"), new StreamId(kind, "b", "x") })];
        foreach (var stream in streams) await Commit(Given.Append(Given.Notes(stream, 0, stream.ToString())));
        foreach (var stream in streams) Assert.Equal(Given.Note(stream.ToString()), Assert.Single(await Journal.ReadStream(stream)).Event);
    }

    [Fact]
    public async Task An_append_without_events_changes_read_models_and_takes_no_position()
    {
        await Commit(Given.Append(Given.Notes(Given.Case("1"), 0, "a")));
        Assert.Equal(1, await Commit(Given.Only(Given.Put("1", Given.Queued()))));
        Assert.NotNull(await Read.Case(Given.Workspace, "1"));
        Assert.Equal(1, await Commit(Given.Append(new StreamAppend(Given.Case("1"), 1, []))));
        Assert.IsType<AppendResult.VersionConflict>(await Journal.Append(Given.Append(new StreamAppend(Given.Case("1"), 0, []))));
    }

    [Fact]
    public async Task An_append_that_makes_no_sense_is_an_error_and_not_a_result()
    {
        var twice = new Append([Given.Notes(Given.Case("1"), 0, "a"), Given.Notes(Given.Case("1"), 1, "b")], [], []);
        await Assert.ThrowsAsync<ArgumentException>(async () => await Journal.Append(twice));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Journal.Append(new Append([], [], [new Claim("k", "1"), new Claim("k", "2")])));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Journal.Append(new Append(default, [], [])));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Journal.Append(Given.Append(Given.Notes(Given.Case("1"), -1, "a"))));
        Assert.Empty(await All());
    }

    [Fact]
    public async Task Who_cancelled_before_has_written_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Journal.Append(Given.Append(Given.Notes(Given.Case("1"), 0, "a")), new CancellationToken(canceled: true)));
        Assert.Empty(await All());
    }

    [Fact]
    public async Task A_clock_that_goes_backwards_changes_what_events_say_and_nothing_else()
    {
        for (var i = 0; i < 5; i++)
        {
            var late = Given.Note($"{i}") with { At = Given.Start.AddHours(-i) };
            Assert.Equal(i + 1, await Commit(new Append(
                [new StreamAppend(Given.Case("1"), i, [late])],
                [Given.Put("1", Given.Queued() with { Version = i + 1, CreatedAt = late.At }), Given.PutDeadline(Given.Deadline("1", -3600 * i))], [])));
        }
        var all = await All();
        Assert.Equal([1L, 2L, 3L, 4L, 5L], all.Select(r => r.Position));
        Assert.Equal([1L, 2L, 3L, 4L, 5L], all.Select(r => r.Version));
        Assert.Equal(Enumerable.Range(0, 5).Select(i => Given.Start.AddHours(-i)), all.Select(r => r.Event.At));
        Assert.Equal(5, (await Read.Case(Given.Workspace, "1"))!.State.Version);
        Assert.Equal(Given.Start.AddHours(-4), Assert.Single(await Read.Deadlines(DeadlineRow.ShardOf(Given.Deadline("1", 0).Owner), Given.Start, 10)).DueAt);
    }

    [Fact]
    public async Task Deadlines_of_owners_that_have_no_stream_yet_are_kept_and_removed()
    {
        await Commit(Given.Only(Given.Remove(Given.Deadline("never", 1))));
        await Commit(Given.Append(Given.Notes(Given.Case("other"), 0, "a"), Given.PutDeadline(Given.Deadline("1", 1))));
        Assert.Single(await Read.Deadlines(DeadlineRow.ShardOf(Given.Deadline("1", 1).Owner), Given.Start.AddHours(1), 10));
        await Commit(Given.Append(Given.Notes(Given.Case("1"), 0, "a"), Given.Remove(Given.Deadline("1", 1))));
        Assert.Empty(await Read.Deadlines(DeadlineRow.ShardOf(Given.Deadline("1", 1).Owner), Given.Start.AddHours(1), 10));
    }
}
