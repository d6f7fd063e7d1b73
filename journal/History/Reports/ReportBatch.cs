using System.Collections.Immutable;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Reports;
using RoutingGrid.Routing.Workspaces;

namespace RoutingGrid.Journal.History.Reports;

/// <summary>What is kept of an open case until it is closed.</summary>
/// <param name="Queue">Where it waits since <paramref name="QueuedAt"/>; empty where it does not.</param>
internal sealed record OpenCase(CaseWork Work, string Queue, long QueuedAt)
{
    internal static OpenCase None { get; } = new(CaseWork.None, "", 0);

    internal static OpenCase Of(CaseWork work, CaseState state) => work.WaitingSince is null
        ? new OpenCase(work, "", 0)
        : new OpenCase(work, state.Queue, state.QueuedAt.ToUnixTimeMilliseconds());
}

/// <summary>What the tables remember.</summary>
internal interface IReportMemory
{
    OpenCase Case(string workspace, string caseId);

    AgentWork? Agent(string workspace, string agentId);

    ServiceLevels Levels(string workspace);
}

/// <summary>What some steps add to the tables of reports, added up before it is written: some rows for thousands of events.</summary>
internal sealed class ReportBatch(IReportMemory memory)
{
    private readonly Dictionary<(string Workspace, string Id), (OpenCase Before, OpenCase After)> _cases = [];
    private readonly Dictionary<(string Workspace, string Id), (AgentWork? Before, AgentWork? After)> _agents = [];
    private readonly List<ReportFact> _facts = [];

    internal Dictionary<string, ReportTally> Tallies { get; } = [];

    internal List<(string Workspace, long Position, WorkspaceConfigured Event)> Configured { get; } = [];

    /// <summary>What is to be remembered of which cases from now on; nothing of those that are <see cref="OpenCase.None"/>.</summary>
    internal IEnumerable<((string Workspace, string Id) Key, OpenCase Case)> Cases =>
        _cases.Where(entry => entry.Value.Before != entry.Value.After).Select(entry => (entry.Key, entry.Value.After));

    /// <summary>What agents are doing from now on; null: they are signed out.</summary>
    internal IEnumerable<((string Workspace, string Id) Key, AgentWork? Work)> Agents =>
        _agents.Where(entry => entry.Value.Before != entry.Value.After).Select(entry => (entry.Key, entry.Value.After));

    internal void Add(IReadOnlyList<HistoryStep> steps)
    {
        foreach (var step in steps)
        {
            switch (step)
            {
                case CaseStep one:
                    Add(one);
                    break;
                case AgentStep one:
                    Add(one);
                    break;
                case { Recorded.Event: WorkspaceConfigured configured }:
                    Configured.Add((step.Workspace, step.Recorded.Position, configured));
                    memory.Levels(step.Workspace).Add(step.Recorded.Position, configured.Configuration);
                    continue;
                default:
                    continue;
            }
            Count(step.Workspace);
        }
    }

    /// <summary>The cases and agents of whom the tables may remember something that these steps need.</summary>
    internal static (ImmutableArray<StreamId> Cases, ImmutableArray<StreamId> Agents) Needed(IReadOnlyList<HistoryStep> steps) => (
        [.. steps.OfType<CaseStep>().Where(step => step.Before.IsOpen).Select(step => step.Recorded.Stream).Distinct()],
        [.. steps.OfType<AgentStep>().Where(step => step.Before.Version > 0).Select(step => step.Recorded.Stream).Distinct()]);

    private void Add(CaseStep step)
    {
        var key = (step.Workspace, step.CaseId);
        // Of a closed case nothing is remembered.
        if (!_cases.TryGetValue(key, out var known))
            known.Before = known.After = step.Before.IsOpen ? memory.Case(step.Workspace, step.CaseId) : OpenCase.None;
        var levels = memory.Levels(step.Workspace);
        var work = FactsOfCases.Add(known.After.Work, step.Before, step.Recorded.Event, step.After, queue => levels.Seconds(queue, step.Recorded.Position), _facts);
        _cases[key] = (known.Before, step.After.IsOpen ? OpenCase.Of(work, step.After) : OpenCase.None);
    }

    private void Add(AgentStep step)
    {
        var key = (step.Workspace, step.AgentId);
        if (!_agents.TryGetValue(key, out var known)) known.Before = known.After = step.Before.Version == 0 ? null : memory.Agent(step.Workspace, step.AgentId);
        _agents[key] = (known.Before, FactsOfAgents.Add(known.After, step.AgentId, step.Before, step.Recorded.Event, step.After, _facts));
    }

    private void Count(string workspace)
    {
        if (_facts.Count == 0) return;
        if (!Tallies.TryGetValue(workspace, out var tally)) Tallies[workspace] = tally = new ReportTally();
        foreach (var fact in _facts) tally.Add(fact);
        _facts.Clear();
    }
}
