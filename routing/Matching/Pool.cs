using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Routing.Matching;

/// <summary>Everything the matcher remembers. All of it follows from the cases, the agents and the proposals under way.</summary>
internal sealed class Pool
{
    public Pool(WorkspaceConfiguration configuration)
    {
        Queues = new QueueTable(configuration);
        Timers = new TimerList(Cases);
        Groups = new GroupTable(Queues, Cases);
        Configuration = configuration;
    }

    public WorkspaceConfiguration Configuration { get; }
    public QueueTable Queues { get; }
    public CaseTable Cases { get; } = new();
    public AgentTable Agents { get; } = new();
    public GroupTable Groups { get; }
    public TimerList Timers { get; }
    public PreferenceList Preferences { get; } = new();

    /// <summary>What changed since the last pass, in the order in which it did.</summary>
    public List<CaseEntry> DirtyCases { get; } = [];
    public List<AgentEntry> DirtyAgents { get; } = [];

    /// <summary>The latest time heard of. It does not go back.</summary>
    public DateTimeOffset Now { get; set; }

    /// <summary>When a queue opens or closes next, in UTC ticks.</summary>
    public long HoursDue { get; set; } = long.MinValue;

    public void Touch(CaseEntry entry)
    {
        if (entry.Dirty) return;
        entry.Dirty = true;
        DirtyCases.Add(entry);
    }

    public void Touch(AgentEntry agent)
    {
        if (agent.Dirty) return;
        agent.Dirty = true;
        DirtyAgents.Add(agent);
    }
}

/// <summary>Cases that may have to wait for an agent they prefer, by agent.</summary>
internal sealed class PreferenceList
{
    private readonly Dictionary<string, List<CaseEntry>> _byAgent = [];

    public bool IsEmpty => _byAgent.Count == 0;

    public IReadOnlyList<CaseEntry> Of(string agentId) => _byAgent.TryGetValue(agentId, out var entries) ? entries : [];

    public void Add(CaseEntry entry, string agentId)
    {
        if (!_byAgent.TryGetValue(agentId, out var entries)) entries = _byAgent[agentId] = [];
        entry.PreferenceIndex = entries.Count;
        entry.ListedUnder = agentId;
        entries.Add(entry);
    }

    public void Remove(CaseEntry entry)
    {
        if (entry.ListedUnder is not { } agentId) return;
        var entries = _byAgent[agentId];
        var last = entries[^1];
        entries[entry.PreferenceIndex] = last;
        last.PreferenceIndex = entry.PreferenceIndex;
        entries.RemoveAt(entries.Count - 1);
        if (entries.Count == 0) _byAgent.Remove(agentId);
        entry.ListedUnder = null;
        entry.PreferenceIndex = -1;
    }
}
