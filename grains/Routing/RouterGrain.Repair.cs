using RoutingGrid.GrainInterfaces;
using RoutingGrid.GrainInterfaces.Agents;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Journal;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Matching;

namespace RoutingGrid.Grains.Routing;

/// <summary>The router's memory is rebuilt from the read models and the agents at every start, and compared with them from time to
/// time, because one-way messages can be lost.</summary>
internal sealed partial class RouterGrain
{
    // A comparison reads every waiting case; it must stay a small part of the router's time.
    private const int PauseFactor = 50;

    private DateTimeOffset _repairNotBefore;

    // The cases that were heard of since the reading of all that wait began: what it says of them is old. Null: nobody reads.
    private HashSet<string>? _heard;
    private long _configurationVersion;

    private async Task Rebuild()
    {
        if (await configurations.Get(_workspace) is not { } configuration) return;
        _matcher = new Matcher(configuration.Settings);
        _configurationVersion = configuration.Version;
        foreach (var row in await journal.Read.CasesToRoute(_workspace)) Note(row.CaseId, row.State);
        AskStranded(configuration);
        foreach (var row in await journal.Read.Agents(_workspace))
            if (row.State.Presence != Presence.Offline) Ask(row.AgentId);
        Route();
    }

    /// <summary>Cases go on being routed while it reads.</summary>
    private async Task Repair()
    {
        if (Now < _repairNotBefore) return;
        if (_matcher is null)
        {
            // Not here, where another call could rebuild at the same time.
            _ = _self!.Reconfigured();
            return;
        }
        if (await configurations.Get(_workspace) is { } configuration && configuration.Version != _configurationVersion) Reconfigure(configuration);
        var started = Now;
        await RepairCases();
        var taken = Now - started;
        if (await configurations.Get(_workspace) is { } newest) AskStranded(newest);
        await RepairAgents();
        GiveUpLostProposals();
        Route();
        var pause = PauseFactor * taken;
        _repairNotBefore = Now + (pause < options.AgentRepair ? pause : options.AgentRepair);
    }

    private void Reconfigure(CompiledConfiguration configuration)
    {
        _configurationVersion = configuration.Version;
        _matcher!.Reconfigure(configuration.Settings);
        AskStranded(configuration);
    }

    /// <summary>Cases of a queue that was configured away wait for nobody: asked, they move to where the workspace sends them.</summary>
    private void AskStranded(CompiledConfiguration configuration)
    {
        foreach (var caseId in _waiting.Values.Where(waiting => configuration.Queue(waiting.Queue) is null).Select(waiting => waiting.CaseId).Order(StringComparer.Ordinal).ToArray())
            _ = GrainFactory.GetGrain<ICaseGrain>(GrainKeys.Of(_workspace, caseId)).Report();
    }

    private async Task RepairCases()
    {
        var (rows, heard) = await CasesToRoute();
        var seen = new HashSet<string>(rows.Count);
        foreach (var row in rows)
        {
            seen.Add(row.CaseId);
            if (!heard.Contains(row.CaseId)) Note(row.CaseId, row.State);
        }
        // A case that is not among them, and was not heard of, has left the queue: only the case knows.
        if (_waiting.Count == rows.Count && rows.All(row => _waiting.ContainsKey(row.CaseId))) return;
        foreach (var caseId in _waiting.Keys.Where(caseId => !seen.Contains(caseId) && !heard.Contains(caseId)).Order(StringComparer.Ordinal))
            _ = GrainFactory.GetGrain<ICaseGrain>(GrainKeys.Of(_workspace, caseId)).Report();
    }

    private async Task<(IReadOnlyList<CaseRow> Rows, HashSet<string> Heard)> CasesToRoute()
    {
        var heard = _heard = [];
        try
        {
            return (await journal.Read.CasesToRoute(_workspace), heard);
        }
        finally
        {
            _heard = null;
        }
    }

    /// <summary>Also an agent who is heard of all the time may have missed news of a case, and believe to hold what is gone.</summary>
    private async Task RepairAgents()
    {
        var before = Now - options.AgentRepair;
        foreach (var row in await journal.Read.Agents(_workspace))
            if (row.State.Presence != Presence.Offline && (!_readAt.TryGetValue(row.AgentId, out var readAt) || readAt < before)) Ask(row.AgentId);
    }

    private void GiveUpLostProposals()
    {
        if (_asked.Count == 0) return;
        var before = Now - options.ProposalTimeout;
        foreach (var (caseId, agentId) in _asked.Where(asked => asked.Value < before).Select(asked => asked.Key).Order().ToArray())
        {
            _asked.Remove((caseId, agentId));
            _matcher!.ProposalEnded(caseId, agentId);
            Ask(agentId);
            _ = GrainFactory.GetGrain<ICaseGrain>(GrainKeys.Of(_workspace, caseId)).Report();
        }
    }

    private void Ask(string agentId)
    {
        _readAt[agentId] = Now;
        _ = GrainFactory.GetGrain<IAgentGrain>(GrainKeys.Of(_workspace, agentId)).Report();
    }
}
