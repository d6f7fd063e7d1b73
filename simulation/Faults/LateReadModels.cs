using RoutingGrid.Engine.Simulation;
using RoutingGrid.Journal;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Simulation.Faults;

/// <summary>What a router compares its memory with, read in time and answered late: others have written since.</summary>
internal sealed class LateReadModels(IReadModels inner, JournalFaults faults, SeededRandom random, TimeProvider time, FaultLog log) : IReadModels
{
    public ValueTask<IReadOnlyList<CaseRow>> CasesToRoute(string workspace, CancellationToken cancel = default) =>
        Late(inner.CasesToRoute(workspace, cancel), "the cases to route");

    public ValueTask<IReadOnlyList<AgentRow>> Agents(string workspace, CancellationToken cancel = default) => Late(inner.Agents(workspace, cancel), "all agents");

    public ValueTask<CaseRow?> Case(string workspace, string caseId, CancellationToken cancel = default) => inner.Case(workspace, caseId, cancel);

    public ValueTask<Page<CaseRow>> Cases(string workspace, CaseFilter filter, string? cursor, int limit, CancellationToken cancel = default) =>
        inner.Cases(workspace, filter, cursor, limit, cancel);

    public ValueTask<IReadOnlyList<CaseRow>> CasesNamed(string workspace, IReadOnlyList<string> caseIds, CancellationToken cancel = default) =>
        inner.CasesNamed(workspace, caseIds, cancel);

    public ValueTask<IReadOnlyList<CaseRow>> CasesOf(string workspace, string agentId, CancellationToken cancel = default) => inner.CasesOf(workspace, agentId, cancel);

    public ValueTask<AgentRow?> Agent(string workspace, string agentId, CancellationToken cancel = default) => inner.Agent(workspace, agentId, cancel);

    public ValueTask<IReadOnlyList<DeadlineRow>> Deadlines(int shard, DateTimeOffset dueBefore, int limit, CancellationToken cancel = default) =>
        inner.Deadlines(shard, dueBefore, limit, cancel);

    public ValueTask<IReadOnlyList<QueueCount>> OpenByQueue(string workspace, CancellationToken cancel = default) => inner.OpenByQueue(workspace, cancel);

    public ValueTask<IReadOnlyList<string>> Workspaces(CancellationToken cancel = default) => inner.Workspaces(cancel);

    public ValueTask<string?> Claimed(string key, CancellationToken cancel = default) => inner.Claimed(key, cancel);

    private async ValueTask<T> Late<T>(ValueTask<T> reading, string what)
    {
        var rows = await reading;
        if (time.GetUtcNow() >= faults.Until || random.Below(100) >= faults.Delayed) return rows;
        var wait = TimeSpan.FromMilliseconds(1 + random.Below((int)faults.Longest.TotalMilliseconds));
        log.Add(time.GetUtcNow(), "lateread", FormattableString.Invariant($"A reading of {what} is answered {wait.TotalSeconds:0.0} s late."));
        await Task.Delay(wait, time);
        return rows;
    }
}
