namespace RoutingGrid.Routing.Matching;

/// <summary>
/// One matching pass. Before it, but for what changed since the last one, no waiting case had an agent who could take it; after it,
/// no case has at all.
/// </summary>
/// <remarks>
/// What it decides is what this would: while some case has an agent who can take it, the first such case in order goes to its best
/// agent. It looks only at groups with a changed case, and at groups that a changed agent may serve.
/// </remarks>
internal sealed class Pass(Pool pool, Placer placer, Chooser chooser)
{
    private readonly QuadHeap<Candidate, CandidateOrder> _active = new(new CandidateOrder(pool.Cases));
    private readonly List<AgentEntry> _changedAgents = [];
    private readonly List<CaseEntry> _changedCases = [];
    private readonly List<(CaseGroup Group, CaseItem Item)> _aside = [];
    private long _serial;
    private long _nowSeconds;
    private int _hungry;
    private int _picks;

    /// <summary>Decides all that can be decided now, and returns how much that was.</summary>
    public int Run(ICollection<Proposal> into)
    {
        _serial++;
        _nowSeconds = PriorityOrder.Seconds(pool.Now.UtcTicks);
        pool.Groups.Sweep();
        var hoursChanged = NoticeTime();
        PlaceChanges();
        Activate(hoursChanged);
        var proposals = Decide(into);
        foreach (var (group, item) in _aside) group.PutBack(item);
        _aside.Clear();
        return proposals;
    }

    private bool NoticeTime()
    {
        while (pool.Timers.Next <= pool.Now.UtcTicks) pool.Touch(pool.Timers.Pop());
        if (pool.HoursDue > pool.Now.UtcTicks) return false;
        pool.HoursDue = pool.Queues.NextChange(pool.Now);
        pool.Groups.HoursChanged(pool.Now);
        foreach (var entry in pool.Cases.All)
            if (entry.ListedUnder is not null) pool.Touch(entry);
        return true;
    }

    private void PlaceChanges()
    {
        foreach (var agent in pool.DirtyAgents)
        {
            placer.Place(agent);
            if (agent.Bucket is not null) _changedAgents.Add(agent);
        }
        pool.DirtyAgents.Clear();
        foreach (var entry in pool.DirtyCases)
        {
            placer.Place(entry);
            if (entry.Group is not null) _changedCases.Add(entry);
        }
        pool.DirtyCases.Clear();
    }

    private void Activate(bool everything)
    {
        _active.Clear();
        _hungry = _picks = 0;
        foreach (var entry in _changedCases)
        {
            if (entry.Placement == Placement.Reserved) AddReserved(entry, true);
            else Add(entry.Group!, true);
        }
        _changedCases.Clear();
        if (everything)
            foreach (var group in pool.Groups.CaseGroups) Add(group, true);
        foreach (var agent in _changedAgents) Activate(agent);
        _changedAgents.Clear();
    }

    private void Activate(AgentEntry agent)
    {
        _hungry++;
        agent.HungryIn = _serial;
        if (!pool.Preferences.IsEmpty)
            foreach (var entry in pool.Preferences.Of(agent.Id))
                if (entry.Placement == Placement.Reserved) AddReserved(entry, false);
        var group = agent.Group!;
        if (group.HungryIn != _serial) (group.HungryIn, group.HungryFor) = (_serial, 0);
        var news = agent.Bucket!.Room & ~group.HungryFor;
        if (news == 0) return;
        group.HungryFor |= news;
        foreach (var served in group.Serves)
            if ((served.ChannelBit & news) != 0) Add(served, false);
    }

    private void Add(CaseGroup group, bool byCase)
    {
        if (group.ActiveIn == _serial || !group.HasTop) return;
        group.ActiveIn = _serial;
        _active.AddUnordered(CandidateOf(group, byCase));
    }

    private void AddReserved(CaseEntry entry, bool byCase)
    {
        var effective = PriorityOrder.At(entry.Key, entry.Kind.Queue.Rate, _nowSeconds);
        _active.AddUnordered(new Candidate(effective, entry.VirtualStart, entry.Slot, null, byCase));
    }

    private Candidate CandidateOf(CaseGroup group, bool byCase)
    {
        ref readonly var top = ref group.Top;
        return new Candidate(PriorityOrder.At(top.Key, group.Kind.Queue.Rate, _nowSeconds), top.VirtualStart, top.Slot, group, byCase);
    }

    private int Decide(ICollection<Proposal> into)
    {
        var proposals = 0;
        var allStay = false;
        while (_active.Count > 0)
        {
            // Once every agent who brought this pass about is full, only changed cases can still find somebody.
            if (_hungry == 0 && !allStay)
            {
                KeepChangedCases();
                allStay = true;
                continue;
            }
            var candidate = TakeBest();
            var entry = pool.Cases[candidate.Slot];
            if (candidate.Group is not { } group)
            {
                if (entry.Placement != Placement.Reserved || chooser.FindReserved(entry, out var why) is not { } preferred) continue;
                into.Add(Propose(entry, preferred, why));
                proposals++;
                continue;
            }
            if (chooser.Find(group, entry, out var reason, out var anyFree) is { } agent)
            {
                into.Add(Propose(entry, agent, reason));
                proposals++;
            }
            // The case must not ask those who are free; the next of its group may.
            else if (anyFree) _aside.Add((group, group.SetAside()));
            else continue;
            if (group.HasTop) PutBack(CandidateOf(group, candidate.ByCase));
        }
        return proposals;
    }

    private Proposal Propose(CaseEntry entry, AgentEntry agent, in ChoiceReason reason)
    {
        var (kind, stage) = (entry.Kind, entry.Group!.Requirements.Stage);
        entry.AddProposed(agent);
        agent.AddProposal(new Tentative(entry.Id, kind.Channel, kind.Units, pool.Now.UtcTicks));
        placer.Settle(agent);
        if (agent.Bucket is null && agent.HungryIn == _serial)
        {
            agent.HungryIn = 0;
            _hungry--;
        }
        if (entry.AskedEnough) placer.Park(entry);
        else entry.Special = true;
        return new Proposal(entry.Id, entry.Version, agent.Id, agent.View.Version, kind.Units, stage, reason);
    }

    private void KeepChangedCases()
    {
        var kept = 0;
        var items = _active.Items;
        foreach (var item in items)
            if (item.ByCase) items[kept++] = item;
        _active.Truncate(kept);
        _picks = 0;
    }

    /// <summary>The best candidate. A pass mostly takes one or two: for these, looking once at each is cheaper than making a heap.</summary>
    private Candidate TakeBest()
    {
        if (++_picks > 3) return _active.Pop();
        if (_picks == 3)
        {
            _active.Heapify();
            return _active.Pop();
        }
        var items = _active.Items;
        var best = 0;
        for (var i = 1; i < items.Length; i++)
            if (_active.Before(items[i], items[best])) best = i;
        var taken = items[best];
        items[best] = items[^1];
        _active.Truncate(items.Length - 1);
        return taken;
    }

    private void PutBack(in Candidate candidate)
    {
        if (_picks >= 3) _active.Push(candidate);
        else _active.AddUnordered(candidate);
    }

    /// <summary>The first case of a group, or (without a group) a case that waits for one agent.</summary>
    /// <param name="ByCase">Looked at because a case changed, not only because an agent did.</param>
    private readonly record struct Candidate(long Effective, long VirtualStart, int Slot, CaseGroup? Group, bool ByCase);

    private readonly struct CandidateOrder(CaseTable cases) : IOrder<Candidate>
    {
        public bool Before(in Candidate a, in Candidate b)
        {
            if (a.Effective != b.Effective) return a.Effective > b.Effective;
            return a.VirtualStart != b.VirtualStart ? a.VirtualStart < b.VirtualStart : cases.IdBefore(a.Slot, b.Slot);
        }
    }
}
