using Microsoft.Extensions.DependencyInjection;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Journal;
using RoutingGrid.Journal.Memory;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Grains.Tests;

/// <summary>The router compares its memory with the read models every few seconds. However long that takes, cases are routed meanwhile, and what was read before is not
/// believed more than what was heard since.</summary>
public sealed class SlowComparisonTests
{
    private const double UntilTheComparisonReads = 6;

    [Fact]
    public void A_case_is_offered_while_the_router_compares() => Run(async (center, reads) =>
    {
        await center.SignIn("ana");
        reads.Hold();
        await center.Pass(UntilTheComparisonReads);
        Assert.True(reads.IsHeld);
        var caseId = await center.Write("customer-1");
        Assert.Equal(caseId, (await center.OfferOf("ana"))?.CaseId);
        reads.Release();
    });

    [Fact]
    public void A_case_that_left_the_queue_while_the_router_compared_is_not_put_back() => Run(async (center, reads) =>
    {
        var caseId = await center.Write("customer-1");
        reads.Hold();
        await center.Pass(UntilTheComparisonReads);
        Assert.True(reads.IsHeld);
        await center.SignIn("ana");
        await center.Accept("ana");
        reads.Release();
        await center.Settle();
        Assert.Equal(0, Assert.Single(await center.World.Router.Queues()).Waiting);
        await center.Close("ana", caseId);
    });

    [Fact]
    public void A_case_that_came_while_the_router_compared_is_not_doubted() => Run(async (center, reads) =>
    {
        reads.Hold();
        await center.Pass(UntilTheComparisonReads);
        Assert.True(reads.IsHeld);
        await center.Write("customer-1");
        reads.Release();
        await center.Settle();
        Assert.Equal((0, 1), (reads.Doubts, Assert.Single(await center.World.Router.Queues()).Waiting));
    });

    private static void Run(Func<TestCenter, HeldReads, Task> scenario)
    {
        var reads = new HeldReads();
        TestCenter.Run(
            TestCenter.Simple(["ana"]), center => scenario(center, reads),
            configure: services => services.AddSingleton<IJournal>(reads).AddSingleton<IIncomingGrainCallFilter>(reads), tolerance: 10);
    }

    /// <summary>Answers what a router compares with when it is told to, with what it read before.</summary>
    private sealed class HeldReads : IJournal, IReadModels, IIncomingGrainCallFilter
    {
        private readonly MemoryJournal _inner = new();
        private TaskCompletionSource? _released;

        public bool IsHeld { get; private set; }

        /// <summary>How often a case was asked how it stands.</summary>
        public int Doubts { get; private set; }

        public IReadModels Read => this;

        public IDocuments Documents => _inner.Documents;

        /// <summary>The next reading is held.</summary>
        public void Hold() => _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => _released!.SetResult();

        public async ValueTask<IReadOnlyList<CaseRow>> CasesToRoute(string workspace, CancellationToken cancel = default)
        {
            var rows = await _inner.Read.CasesToRoute(workspace, cancel);
            if (_released is not { } released) return rows;
            IsHeld = true;
            await released.Task;
            return rows;
        }

        public Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.InterfaceMethod.DeclaringType == typeof(ICaseGrain) && context.MethodName == nameof(ICaseGrain.Report)) Doubts++;
            return context.Invoke();
        }

        public ValueTask<AppendResult> Append(Append append, CancellationToken cancel = default) => _inner.Append(append, cancel);

        public ValueTask<IReadOnlyList<RecordedEvent>> ReadStream(StreamId stream, long after = 0, CancellationToken cancel = default) => _inner.ReadStream(stream, after, cancel);

        public IAsyncEnumerable<RecordedEvent> ReadAll(long after = 0, CancellationToken cancel = default) => _inner.ReadAll(after, cancel);

        public ValueTask<JournalEnd> End(CancellationToken cancel = default) => _inner.End(cancel);

        public ValueTask<CaseRow?> Case(string workspace, string caseId, CancellationToken cancel = default) => _inner.Read.Case(workspace, caseId, cancel);

        public ValueTask<Page<CaseRow>> Cases(string workspace, CaseFilter filter, string? cursor, int limit, CancellationToken cancel = default) =>
            _inner.Read.Cases(workspace, filter, cursor, limit, cancel);

        public ValueTask<IReadOnlyList<CaseRow>> CasesNamed(string workspace, IReadOnlyList<string> caseIds, CancellationToken cancel = default) =>
            _inner.Read.CasesNamed(workspace, caseIds, cancel);

        public ValueTask<IReadOnlyList<CaseRow>> CasesOf(string workspace, string agentId, CancellationToken cancel = default) => _inner.Read.CasesOf(workspace, agentId, cancel);

        public ValueTask<AgentRow?> Agent(string workspace, string agentId, CancellationToken cancel = default) => _inner.Read.Agent(workspace, agentId, cancel);

        public ValueTask<IReadOnlyList<AgentRow>> Agents(string workspace, CancellationToken cancel = default) => _inner.Read.Agents(workspace, cancel);

        public ValueTask<IReadOnlyList<DeadlineRow>> Deadlines(int shard, DateTimeOffset dueBefore, int limit, CancellationToken cancel = default) =>
            _inner.Read.Deadlines(shard, dueBefore, limit, cancel);

        public ValueTask<IReadOnlyList<QueueCount>> OpenByQueue(string workspace, CancellationToken cancel = default) => _inner.Read.OpenByQueue(workspace, cancel);

        public ValueTask<IReadOnlyList<string>> Workspaces(CancellationToken cancel = default) => _inner.Read.Workspaces(cancel);

        public ValueTask<string?> Claimed(string key, CancellationToken cancel = default) => _inner.Read.Claimed(key, cancel);

        public ValueTask DisposeAsync() => _inner.DisposeAsync();
    }
}
