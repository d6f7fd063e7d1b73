namespace RoutingGrid.Routing.Matching;

/// <summary>An agent in the matcher. Once known, the entry stays: the agent may come back, and proposals may be under way.</summary>
internal sealed class AgentEntry(AgentView view, int slot)
{
    private readonly List<Tentative> _proposals = [];

    public AgentView View = view;
    public readonly int Slot = slot;

    /// <summary>Removed by the caller.</summary>
    public bool Gone;
    public bool Dirty;

    /// <summary>The agents who offer the same; null until placed, and while gone.</summary>
    public AgentGroup? Group;

    /// <summary>The profile by which the group was found.</summary>
    public Configuration.AgentSettings? GroupedBy;

    /// <summary>Whether it is counted among its group's working agents.</summary>
    public bool CountsAsWorking;

    /// <summary>Where it stands while it has room for something.</summary>
    public AgentBucket? Bucket;
    public int Ticket;

    /// <summary>Units in use, proposals counted.</summary>
    public int Used;

    /// <summary>Since when idle, in UTC ticks; with proposals under way, since the last of them.</summary>
    public long Idle;

    /// <summary>What the cases that prefer this agent were last judged by.</summary>
    public (bool Reachable, AgentGroup? Group, int Epoch) SeenByPreferrers;

    /// <summary>The pass in which it may find something new.</summary>
    public long HungryIn;

    public string Id => View.AgentId;
    public bool TakesWork => !Gone && View.TakesWork;

    /// <summary>Cases proposed, without an answer yet.</summary>
    public IReadOnlyList<Tentative> Proposals => _proposals;

    public void AddProposal(in Tentative proposal) => _proposals.Add(proposal);

    public bool RemoveProposal(string caseId)
    {
        for (var i = 0; i < _proposals.Count; i++)
        {
            if (_proposals[i].CaseId != caseId) continue;
            _proposals.RemoveAt(i);
            return true;
        }
        return false;
    }

    /// <summary>Units in use: what the view says, and what is proposed.</summary>
    public int UnitsInUse()
    {
        var units = View.Load.Units;
        foreach (var proposal in _proposals) units += proposal.Units;
        return units;
    }

    /// <summary>Cases of one channel: what the view says, and what is proposed.</summary>
    public int CasesOf(string channel)
    {
        var cases = View.Load.Of(channel);
        foreach (var proposal in _proposals)
            if (proposal.Channel == channel) cases++;
        return cases;
    }

    /// <summary>Since when idle. A proposal makes its agent the least idle, or a burst would all ring the same one.</summary>
    public long IdleSince()
    {
        var idle = View.IdleSince.UtcTicks;
        foreach (var proposal in _proposals) idle = Math.Max(idle, proposal.At);
        return idle;
    }

    /// <summary>The decline of this agent that still holds, if any.</summary>
    public Cases.Decline? HoldingDecline(CaseEntry entry, long now)
    {
        foreach (var decline in entry.Declines)
            if (decline.Until.UtcTicks > now && decline.Epoch == View.AvailabilityEpoch && decline.AgentId == Id) return decline;
        return null;
    }
}

/// <summary>Capacity reserved for a proposal until it is answered.</summary>
/// <param name="At">When it was made, in UTC ticks.</param>
internal readonly record struct Tentative(string CaseId, string Channel, int Units, long At);
