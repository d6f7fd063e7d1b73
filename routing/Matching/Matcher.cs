using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Routing.Matching;

/// <summary>
/// The waiting cases and the agents of one pool, in memory, and the decision who gets what. Not thread-safe; deterministic: the same
/// calls give the same proposals.
/// </summary>
/// <remarks>
/// After every <see cref="Match"/> no case is left that an agent could take, no agent has more than their capacity, and no case was
/// served before another of equal requirements that comes first in order.
/// </remarks>
public sealed class Matcher
{
    private Pool _pool;
    private Placer _placer;
    private Pass _pass;

    public Matcher(WorkspaceConfiguration configuration)
    {
        _pool = new Pool(configuration);
        _placer = new Placer(_pool);
        _pass = new Pass(_pool, _placer, new Chooser(_pool));
    }

    /// <summary>How many cases wait, those with offers counted.</summary>
    public int WaitingCount => _pool.Cases.Count;

    /// <summary>Takes in a case, new or changed. Its proposals under way stay.</summary>
    public void Put(WaitingCase waiting)
    {
        if (_pool.Cases.TryFind(waiting.CaseId, out var entry))
        {
            if (waiting.Version < entry.Version) return;
            if (!entry.Gone) CountOut(entry);
            else _pool.Cases.Count++;
            entry.Take(waiting, !entry.Gone && entry.Kind.IsOf(waiting) ? entry.Kind : _pool.Groups.Kind(waiting));
            entry.Gone = false;
        }
        else
        {
            entry = _pool.Cases.Add(waiting, _pool.Groups.Kind(waiting));
            _pool.Cases.Count++;
        }
        entry.Kind.Cases++;
        entry.Kind.Queue.Waiting++;
        _pool.Touch(entry);
    }

    /// <summary>Forgets a case: somebody has it, or it is closed. Its proposals keep their agents' capacity until they end.</summary>
    /// <returns>False if it was not known.</returns>
    public bool Remove(string caseId)
    {
        if (!_pool.Cases.TryFind(caseId, out var entry) || entry.Gone) return false;
        CountOut(entry);
        _pool.Cases.Count--;
        entry.Gone = true;
        _placer.TakeOut(entry);
        _pool.Cases.ReleaseIfUnused(entry);
        return true;
    }

    /// <summary>Takes in an agent, new or changed. Proposals under way still weigh on them.</summary>
    public void Put(AgentView view)
    {
        if (!_pool.Agents.TryFind(view.AgentId, out var agent)) agent = _pool.Agents.Add(view);
        else if (!agent.Gone && view.Version < agent.View.Version) return;
        agent.View = view;
        agent.Gone = false;
        _pool.Touch(agent);
    }

    /// <summary>Forgets an agent.</summary>
    /// <returns>False if they were not known.</returns>
    public bool RemoveAgent(string agentId)
    {
        if (!_pool.Agents.TryFind(agentId, out var agent) || agent.Gone) return false;
        agent.Gone = true;
        _pool.Touch(agent);
        return true;
    }

    /// <summary>Decides everything that can be decided now. Each proposal reserves the agent's capacity and one of the case's places
    /// for offers, until <see cref="ProposalEnded"/>.</summary>
    /// <param name="now">A time before that of an earlier call counts as that of the earlier call.</param>
    /// <returns>How many proposals were added.</returns>
    public int Match(DateTimeOffset now, ICollection<Proposal> into)
    {
        if (now > _pool.Now) _pool.Now = now;
        return _pass.Run(into);
    }

    /// <summary>The agent has answered a proposal, or it got lost: what it reserved is free again. What the answer meant is said by
    /// newer views of the agent and the case, which should come before the next <see cref="Match"/>.</summary>
    public void ProposalEnded(string caseId, string agentId)
    {
        if (!_pool.Agents.TryFind(agentId, out var agent) || !agent.RemoveProposal(caseId)) return;
        _pool.Touch(agent);
        if (!_pool.Cases.TryFind(caseId, out var entry) || !entry.RemoveProposed(agent)) return;
        if (entry.Gone) _pool.Cases.ReleaseIfUnused(entry);
        else _pool.Touch(entry);
    }

    /// <summary>When time alone could make a new match possible: a stage, the end of a preference or of a decline, an opening or
    /// closing. The given time itself while changes wait for a pass; null: never.</summary>
    public DateTimeOffset? NextChange(DateTimeOffset now)
    {
        if (_pool.DirtyCases.Count > 0 || _pool.DirtyAgents.Count > 0) return now;
        if (_pool.Cases.Count == 0) return null;
        var next = Math.Min(_pool.Timers.Next, _pool.HoursDue);
        return next == long.MaxValue ? null : new DateTimeOffset(Math.Max(next, now.UtcTicks), TimeSpan.Zero);
    }

    /// <summary>Replaces the configuration. Known agents get their new settings from it; those it no longer has are forgotten.</summary>
    public void Reconfigure(WorkspaceConfiguration configuration)
    {
        var old = _pool;
        _pool = new Pool(configuration) { Now = old.Now };
        _placer = new Placer(_pool);
        _pass = new Pass(_pool, _placer, new Chooser(_pool));
        var had = old.Configuration.Agents.Select(a => a.Id).ToHashSet();
        var has = new Dictionary<string, AgentSettings>();
        foreach (var agent in configuration.Agents) has.TryAdd(agent.Id, agent);
        foreach (var agent in old.Agents.All)
        {
            if (agent.Gone && agent.Proposals.Count == 0) continue;
            var profile = has.GetValueOrDefault(agent.Id) ?? agent.View.Profile;
            Put(ReferenceEquals(profile, agent.View.Profile) ? agent.View : agent.View with { Profile = profile });
            if (agent.Gone || had.Contains(agent.Id) && !has.ContainsKey(agent.Id)) RemoveAgent(agent.Id);
            _pool.Agents.TryFind(agent.Id, out var taken);
            foreach (var proposal in agent.Proposals) taken!.AddProposal(proposal);
        }
        foreach (var entry in old.Cases.All)
        {
            if (entry.Gone && entry.Proposed.Length == 0) continue;
            Put(entry.Retell());
            _pool.Cases.TryFind(entry.Id, out var taken);
            foreach (var agent in entry.Proposed)
                if (_pool.Agents.TryFind(agent.Id, out var same)) taken!.AddProposed(same);
            if (entry.Gone) Remove(entry.Id);
        }
    }

    /// <summary>Why a waiting case has no agent yet; null if it does not wait. Looks at every case of its queue: for people.</summary>
    public Explanation? Explain(string caseId, DateTimeOffset now) =>
        _pool.Cases.TryFind(caseId, out var entry) && !entry.Gone ? new Explainer(_pool, now).Explain(entry) : null;

    /// <summary>What waits in each configured queue, in the configuration's order, and then in others that still hold cases. Looks at
    /// every case.</summary>
    public IReadOnlyList<QueueSnapshot> Snapshot(DateTimeOffset now) => new Explainer(_pool, now).Snapshot();

    private static void CountOut(CaseEntry entry)
    {
        entry.Kind.Cases--;
        entry.Kind.Queue.Waiting--;
    }
}
