using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Memory;

/// <summary>One workspace's cases and agents, as the read models list them. Guarded by the journal's lock.</summary>
internal sealed class WorkspaceIndex(string workspace)
{
    internal string Workspace { get; } = workspace;

    /// <summary>Every case in the order of arrival.</summary>
    internal List<Subject> Cases { get; } = [];

    /// <summary>Open cases in no order: each knows its place, so that leaving costs nothing.</summary>
    internal List<Subject> Open { get; } = [];

    internal List<Subject> Agents { get; } = [];

    internal bool IsConfigured { get; set; }

    internal void PutCase(Subject subject, CaseRow row, MemoryJournal journal)
    {
        var old = subject.Case?.State;
        subject.Case = row;
        if (old is null)
        {
            Cases.Add(subject);
            subject.Arrival = Cases.Count;
        }
        if (row.State.IsOpen != subject.OpenIndex >= 0) OpenOrClose(subject, row.State.IsOpen);
        if (old is null || old.Holder != row.State.Holder || !old.Offers.Equals(row.State.Offers))
            MoveBetweenAgents(subject, old, row.State, journal);
    }

    internal void PutAgent(Subject subject, AgentRow row)
    {
        if (subject.Agent is null) Agents.Add(subject);
        subject.Agent = row;
    }

    private void OpenOrClose(Subject subject, bool isOpen)
    {
        if (isOpen)
        {
            subject.OpenIndex = Open.Count;
            Open.Add(subject);
            return;
        }
        var last = Open[^1];
        Open[subject.OpenIndex] = last;
        last.OpenIndex = subject.OpenIndex;
        Open.RemoveAt(Open.Count - 1);
        subject.OpenIndex = -1;
    }

    private void MoveBetweenAgents(Subject subject, CaseState? old, CaseState now, MemoryJournal journal)
    {
        if (old is not null)
        {
            if (old.Holder is not null) Agent(old.Holder, journal).Remove(subject);
            foreach (var offer in old.Offers) Agent(offer.AgentId, journal).Remove(subject);
        }
        if (now.Holder is not null) AddOnce(Agent(now.Holder, journal), subject);
        foreach (var offer in now.Offers) AddOnce(Agent(offer.AgentId, journal), subject);
    }

    private List<Subject> Agent(string agentId, MemoryJournal journal) =>
        journal.Subject(new StreamId(StreamKind.Agent, Workspace, agentId)).AgentCases;

    private static void AddOnce(List<Subject> cases, Subject subject)
    {
        if (!cases.Contains(subject)) cases.Add(subject);
    }
}
