using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Routing.Matching;

/// <summary>Finds the best agent for a case. Costs by how many groups of agents there are, not by how many agents.</summary>
internal sealed class Chooser(Pool pool)
{
    private readonly List<AgentEntry> _excluded = [];

    /// <summary>The agent who gets the case now, or null.</summary>
    /// <param name="anyFree">Whether anybody is free for the group at all, be it that this case must not ask them.</param>
    public AgentEntry? Find(CaseGroup group, CaseEntry entry, out ChoiceReason reason, out bool anyFree)
    {
        anyFree = false;
        if (entry.Special) Exclude(group, entry);
        else _excluded.Clear();
        var strategy = group.Kind.Queue.Settings.Strategy;
        var bit = group.ChannelBit;
        var eligible = 0;
        var best = default(Candidate);
        foreach (var server in group.Servers)
        {
            foreach (var bucket in server.Agents.Buckets)
            {
                if ((bucket.Room & bit) == 0) continue;
                eligible += bucket.Live;
                anyFree = true;
                var agent = _excluded.Count == 0 ? bucket.First : ButExcluded(bucket, ref eligible);
                if (agent is null) continue;
                var candidate = new Candidate(agent, bucket.Used, server.Agents.Profile.Capacity, agent.Idle, server.SkillSum);
                if (best.Agent is null || candidate.Beats(best, strategy)) best = candidate;
            }
        }
        var kind = (ChoiceKind)((int)strategy + 1);
        if (best.Agent is not null && Preferred(group, entry) is { } preferred) (best, kind) = (preferred, ChoiceKind.Preferred);
        reason = best.Agent is null ? default
            : new ChoiceReason(kind, best.Used, best.Capacity, eligible, best.SkillSum, new TimeSpan(pool.Now.UtcTicks - best.Idle));
        return best.Agent;
    }

    /// <summary>The agent for whom a case waits, if they can take it now.</summary>
    public AgentEntry? FindReserved(CaseEntry entry, out ChoiceReason reason)
    {
        reason = default;
        if (!pool.Agents.TryFind(entry.PreferredAgent!, out var agent)) return null;
        if (agent.Bucket is not { } bucket || (bucket.Room & entry.Group!.ChannelBit) == 0 || entry.Asks(agent)) return null;
        reason = new ChoiceReason(ChoiceKind.Preferred, agent.Used, agent.Group!.Profile.Capacity, 1,
            Eligibility.SkillSum(agent.View.Profile, entry.Group.Requirements.Needs), new TimeSpan(pool.Now.UtcTicks - agent.Idle));
        return agent;
    }

    /// <summary>Whether anybody else than those who declined takes work and could serve the case; if not, they are asked again.</summary>
    public bool OthersThanDecliners(CaseGroup group, CaseEntry entry)
    {
        var others = group.Working();
        var declines = entry.Declines;
        for (var i = 0; i < declines.Length; i++)
        {
            if (!pool.Agents.TryFind(declines[i].AgentId, out var agent) || !agent.CountsAsWorking) continue;
            if (agent.HoldingDecline(entry, pool.Now.UtcTicks) != declines[i] || declines.IndexOf(declines[i]) < i) continue;
            if (group.IsServedBy(agent.Group!)) others--;
        }
        return others > 0;
    }

    /// <summary>Collects the agents who may not be asked: being asked already, or having declined while there are others.</summary>
    private void Exclude(CaseGroup group, CaseEntry entry)
    {
        _excluded.Clear();
        foreach (var agent in entry.Proposed) _excluded.Add(agent);
        foreach (var asked in entry.Asked)
            if (pool.Agents.TryFind(asked, out var agent) && !_excluded.Contains(agent)) _excluded.Add(agent);
        if (entry.Declines.IsEmpty || !OthersThanDecliners(group, entry)) return;
        foreach (var decline in entry.Declines)
            if (pool.Agents.TryFind(decline.AgentId, out var agent) && !_excluded.Contains(agent)
                && agent.HoldingDecline(entry, pool.Now.UtcTicks) is not null) _excluded.Add(agent);
    }

    private AgentEntry? ButExcluded(AgentBucket bucket, ref int eligible)
    {
        var here = 0;
        foreach (var agent in _excluded)
            if (agent.Bucket == bucket) here++;
        eligible -= here;
        return here == 0 ? bucket.First : here == bucket.Live ? null : bucket.FirstBut(_excluded);
    }

    /// <summary>The preferred agent, where the preference still holds and they can take the case now.</summary>
    private Candidate? Preferred(CaseGroup group, CaseEntry entry)
    {
        if (entry.PreferredAgent is not { } preferred || entry.PreferredUntil <= pool.Now) return null;
        if (!pool.Agents.TryFind(preferred, out var agent) || agent.Bucket is not { } bucket) return null;
        if ((bucket.Room & group.ChannelBit) == 0 || _excluded.Contains(agent) || !group.IsServedBy(agent.Group!)) return null;
        return new Candidate(agent, agent.Used, agent.Group!.Profile.Capacity, agent.Idle,
            Eligibility.SkillSum(agent.View.Profile, group.Requirements.Needs));
    }

    private readonly record struct Candidate(AgentEntry Agent, int Used, int Capacity, long Idle, int SkillSum)
    {
        /// <summary>The queue's strategy first; then least loaded, longest idle, best skill; then the id.</summary>
        public bool Beats(in Candidate other, RoutingStrategy strategy)
        {
            var first = strategy switch
            {
                RoutingStrategy.LongestIdle => Idle.CompareTo(other.Idle),
                RoutingStrategy.BestSkill => other.SkillSum.CompareTo(SkillSum),
                _ => 0,
            };
            if (first != 0) return first < 0;
            // Shares of capacity, compared without dividing.
            var load = ((long)Used * Math.Max(1, other.Capacity)).CompareTo((long)other.Used * Math.Max(1, Capacity));
            if (load != 0) return load < 0;
            if (Idle != other.Idle) return Idle < other.Idle;
            if (SkillSum != other.SkillSum) return SkillSum > other.SkillSum;
            return string.CompareOrdinal(Agent.Id, other.Agent.Id) < 0;
        }
    }
}
