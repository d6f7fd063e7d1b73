using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;
using RoutingGrid.Grains.Storage;
using RoutingGrid.Grains.Workspaces;
using RoutingGrid.Journal;
using RoutingGrid.Journal.Codec;
using RoutingGrid.Journal.Memory;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Access;
using RoutingGrid.Routing.Customers;

namespace RoutingGrid.Grains.Tests;

/// <summary>A snapshot and the events after it come to what all events come to.</summary>
public sealed class SnapshotTests
{
    private static readonly StreamId Stream = new(StreamKind.Customer, "acme", "chat:joe");
    private static readonly string Key = SnapshotDocuments.CustomerKey("acme", "chat:joe");

    [Fact]
    public void From_whatever_is_kept_an_activation_comes_to_what_the_events_come_to() =>
        Prop.ForAll(Gen.ArrayOf(Gen.Choose(0, 11), 120).ToArbitrary(), steps => Play(steps).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithQuietOnSuccess(true));

    [Fact]
    public async Task A_long_stream_is_read_from_its_snapshot_on()
    {
        var journal = new CountingJournal();
        await Write(journal.Inner, 1000);
        var first = Snapshot(journal);
        var (state, version) = await first.Load(default);
        await first.Keep(state, version, isLast: true);
        journal.EventsRead = 0;
        Assert.Equal((1000, 1000L), await Snapshot(journal).Load(default) is var (again, at) ? (again.Cases, at) : default);
        Assert.InRange(journal.EventsRead, 1, 10);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"Shape":"Cases","Version":999,"Position":999,"State":"e30="}""")]
    public async Task What_is_no_snapshot_of_this_version_is_ignored(string body)
    {
        var journal = new MemoryJournal();
        await Write(journal, 1000);
        Assert.NotNull(await journal.Documents.Put(SnapshotDocuments.Customer, Key, Encoding.UTF8.GetBytes(body), null));
        Assert.Equal(1000, (await Snapshot(journal).Load(default)).State.Cases);
    }

    [Fact]
    public async Task A_snapshot_of_another_stream_or_ahead_of_its_own_is_ignored()
    {
        var (longer, journal) = (new MemoryJournal(), new MemoryJournal());
        await Write(longer, 900);
        await Write(journal, 500);
        var snapshot = Snapshot(longer);
        var (state, version) = await snapshot.Load(default);
        await snapshot.Keep(state, version, isLast: true);
        await journal.Documents.Put(SnapshotDocuments.Customer, Key, (await longer.Documents.Get(SnapshotDocuments.Customer, Key))!.Body, null);
        Assert.Equal(500, (await Snapshot(journal).Load(default)).State.Cases);
        // Here the version is there, at another position.
        await journal.Append(new Append(new StreamAppend(Stream with { Id = "other" }, 0, [Appeared()]), []));
        await Write(journal, 600, from: 500);
        Assert.Equal(1100, (await Snapshot(journal).Load(default)).State.Cases);
    }

    [Fact]
    public async Task Who_is_behind_keeps_nothing()
    {
        var journal = new MemoryJournal();
        await Write(journal, 500);
        var behind = Snapshot(journal);
        var (state, version) = await behind.Load(default);
        await Write(journal, 1, from: 500);
        await behind.Keep(state, version, isLast: true);
        Assert.Null(await journal.Documents.Get(SnapshotDocuments.Customer, Key));
    }

    [Fact]
    public void Keys_read_back_as_they_were()
    {
        var state = AccessState.None;
        foreach (var role in Enum.GetValues<Role>())
            state = state.Evolve(new ApiKeyCreated { At = TestCenter.Start, KeyId = $"k{role}", Hash = $"h{role}", Role = role, Workspace = "acme", AgentId = "ana", Name = "n" });
        state = state.Evolve(new ApiKeyRevoked { At = TestCenter.Start, KeyId = "kAgent" });
        var again = StateCodec.Read<AccessState>(StateCodec.ToUtf8(state));
        Assert.Equal(state.Keys, again.Keys);
        Assert.Equal(state.ByHash, again.ByHash);
        Assert.False(again.Has("kAgent"));
    }

    private static async Task Play(int[] steps)
    {
        var journal = new MemoryJournal();
        var activation = Snapshot(journal, every: 8);
        var (state, version) = await activation.Load(default);
        var expected = CustomerState.None;
        foreach (var (number, step) in steps.Index())
        {
            switch (step)
            {
                case < 7:
                    var happened = Opened(number, step);
                    Assert.IsType<AppendResult.Committed>(await journal.Append(new Append(new StreamAppend(Stream, version, [happened]), [])));
                    (expected, state, version) = (expected.Evolve(happened), state.Evolve(happened), version + 1);
                    await activation.Keep(state, version);
                    break;
                case 7 when await journal.Documents.Get(SnapshotDocuments.Customer, Key) is { } document:
                    await journal.Documents.Put(SnapshotDocuments.Customer, Key, document.Body[..(document.Body.Length / 2)], document.Etag);
                    break;
                case 8 when await journal.Documents.Get(SnapshotDocuments.Customer, Key) is { } document:
                    await journal.Documents.Delete(SnapshotDocuments.Customer, Key, document.Etag);
                    break;
                default:
                    await activation.Keep(state, version, isLast: step == 9);
                    activation = Snapshot(journal, every: 8);
                    (state, version) = await activation.Load(default);
                    break;
            }
            Assert.Equal(StateCodec.ToUtf8(expected), StateCodec.ToUtf8(state));
            Assert.Equal(expected.Version, version);
        }
    }

    private static Snapshot<CustomerState> Snapshot(IJournal journal, int every = 256) => new(
        journal, new SnapshotPlace(Stream, SnapshotDocuments.Customer, Key, every), CustomerState.None, static (state, recorded) => state.Evolve(recorded.Event), NullLogger.Instance);

    private static async Task Write(MemoryJournal journal, int count, int from = 0)
    {
        for (var i = from; i < from + count; i++)
            Assert.IsType<AppendResult.Committed>(await journal.Append(new Append(new StreamAppend(Stream, i, [Opened(i, i % 3)]), [])));
    }

    private static CustomerCaseOpened Opened(int number, int thread) => new() { At = TestCenter.Start, Thread = $"t{thread}", CaseId = $"c{number}" };

    private static CustomerAppeared Appeared() => new() { At = TestCenter.Start, Channel = "chat", Author = "other" };

    /// <summary>Counts what is read of streams.</summary>
    private sealed class CountingJournal : IJournal
    {
        public MemoryJournal Inner { get; } = new();
        public int EventsRead { get; set; }
        public IReadModels Read => Inner.Read;
        public IDocuments Documents => Inner.Documents;

        public ValueTask<AppendResult> Append(Append append, CancellationToken cancel = default) => Inner.Append(append, cancel);

        public async ValueTask<IReadOnlyList<RecordedEvent>> ReadStream(StreamId stream, long after = 0, CancellationToken cancel = default)
        {
            var events = await Inner.ReadStream(stream, after, cancel);
            EventsRead += events.Count;
            return events;
        }

        public async ValueTask<IReadOnlyList<RecordedEvent>> ReadBeginning(StreamId stream, int enough, CancellationToken cancel = default) =>
            [.. (await Inner.ReadStream(stream, 0, cancel)).Take(enough)];

        public IAsyncEnumerable<RecordedEvent> ReadAll(long after = 0, CancellationToken cancel = default) => Inner.ReadAll(after, cancel);

        public ValueTask<JournalEnd> End(CancellationToken cancel = default) => Inner.End(cancel);

        public ValueTask DisposeAsync() => Inner.DisposeAsync();
    }
}
