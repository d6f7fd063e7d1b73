using System.Collections.Immutable;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Routing.Matching;

/// <summary>The groups of cases and of agents, and which may serve which, worked out once per pair.</summary>
internal sealed class GroupTable(QueueTable queues, CaseTable cases)
{
    private const int SweepFrom = 64;

    private readonly Dictionary<KindKey, CaseKind> _kinds = [];
    private readonly Dictionary<OfferKey, AgentGroup> _agentGroupByKey = [];
    private readonly List<CaseGroup> _caseGroups = [];
    private readonly List<AgentGroup> _agentGroups = [];
    private int _sweepAt = SweepFrom;
    private DateTimeOffset _hoursAt;

    public IReadOnlyList<CaseGroup> CaseGroups => _caseGroups;

    /// <summary>The kind of a case. Its group is made when the case is placed.</summary>
    public CaseKind Kind(WaitingCase waiting)
    {
        var key = new KindKey(waiting.Queue, waiting.Channel, waiting.Account, waiting.Needs);
        if (_kinds.TryGetValue(key, out var kind)) return kind;
        var channel = queues.Channel(waiting.Channel);
        var units = channel < 0 ? 1 : queues.Channels[channel].Units;
        return _kinds[key] = new CaseKind(queues.Queue(waiting.Queue), waiting.Channel, channel, units, waiting.Account, waiting.Needs);
    }

    public CaseGroup Group(CaseKind kind, int stage)
    {
        if (kind.Stages[stage] is { } known) return known;
        var group = new CaseGroup(kind, Stages.Relax(kind.Queue.Settings, kind.Needs, stage), cases);
        kind.Stages[stage] = group;
        _caseGroups.Add(group);
        Pair(group);
        return group;
    }

    public AgentGroup Group(AgentSettings profile)
    {
        var key = new OfferKey(profile);
        if (_agentGroupByKey.TryGetValue(key, out var known)) return known;
        var group = _agentGroupByKey[key] = new AgentGroup(profile);
        _agentGroups.Add(group);
        foreach (var caseGroup in _caseGroups)
            Pair(caseGroup, group, queues.Asked(caseGroup.Kind.Queue, caseGroup.Requirements.AddedQueues, _hoursAt));
        return group;
    }

    /// <summary>Works out all pairs again, because queues opened or closed.</summary>
    public void HoursChanged(DateTimeOffset now)
    {
        _hoursAt = now;
        foreach (var agents in _agentGroups) agents.Serves.Clear();
        foreach (var group in _caseGroups)
        {
            group.Servers.Clear();
            Pair(group);
        }
    }

    /// <summary>Forgets groups that nobody is in, when they have become many.</summary>
    public void Sweep()
    {
        if (_caseGroups.Count + _agentGroups.Count + _kinds.Count < _sweepAt) return;
        var emptied = _caseGroups.RemoveAll(g => g.Live == 0 && g.Kind.Cases == 0);
        foreach (var key in _kinds.Where(k => k.Value.Cases == 0).Select(k => k.Key).ToList()) _kinds.Remove(key);
        emptied += _agentGroups.RemoveAll(g => g.Agents == 0);
        foreach (var key in _agentGroupByKey.Where(g => g.Value.Agents == 0).Select(g => g.Key).ToList()) _agentGroupByKey.Remove(key);
        if (emptied > 0) HoursChanged(_hoursAt);
        _sweepAt = Math.Max(SweepFrom, 2 * (_caseGroups.Count + _agentGroups.Count + _kinds.Count));
    }

    private void Pair(CaseGroup group)
    {
        var asked = queues.Asked(group.Kind.Queue, group.Requirements.AddedQueues, _hoursAt);
        foreach (var agents in _agentGroups) Pair(group, agents, asked);
    }

    private static void Pair(CaseGroup group, AgentGroup agents, ImmutableArray<string> asked)
    {
        var (kind, needs) = (group.Kind, group.Requirements.Needs);
        if (kind.ChannelIndex < 0) return;
        if (Eligibility.Static(agents.Profile, asked, kind.Channel, kind.Units, kind.Account, needs) is not null) return;
        group.Servers.Add(new Server(agents, Eligibility.SkillSum(agents.Profile, needs)));
        agents.Serves.Add(group);
    }

    private readonly record struct KindKey(string Queue, string Channel, string Account, Requirements Needs);
}
