using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.History;

/// <summary>One event on its way into the history's tables. Of a stream that has no fold here (a customer's, a workspace's) it is all there is.</summary>
internal record HistoryStep(RecordedEvent Recorded)
{
    internal string Workspace => Recorded.Stream.Workspace;
}

/// <summary>An event of a case, and the case before and after it.</summary>
/// <param name="Words">All that is written in the case by now, as it is searched.</param>
internal sealed record CaseStep(RecordedEvent Recorded, CaseState Before, CaseState After, string Words) : HistoryStep(Recorded)
{
    internal string CaseId => Recorded.Stream.Id;

    /// <summary>The case is in an archive by now: it counts, and is not searched. Seen when a history is built anew.</summary>
    internal bool IsArchived { get; init; }
}

/// <summary>An event of an agent, and the agent before and after it.</summary>
internal sealed record AgentStep(RecordedEvent Recorded, AgentState Before, AgentState After) : HistoryStep(Recorded)
{
    internal string AgentId => Recorded.Stream.Id;
}
