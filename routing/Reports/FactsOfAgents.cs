using RoutingGrid.Routing.Agents;

namespace RoutingGrid.Routing.Reports;

/// <summary>What an agent who is signed in has done since when.</summary>
public sealed record AgentWork(string Activity, long Since);

/// <summary>What each event of an agent adds to reports. Their offers and what they hold come from the cases.</summary>
public static class FactsOfAgents
{
    /// <summary>Adds what the event says, and answers what to remember until the next one; null: the agent is signed out.</summary>
    /// <param name="before">The state before the event.</param>
    /// <param name="after">The state that it makes. An agent is signed in while there is a session, lost ones within their grace included.</param>
    public static AgentWork? Add(AgentWork? work, string agentId, AgentState before, DomainEvent happened, AgentState after, ICollection<ReportFact> facts)
    {
        ReportFact.AddActor(happened, facts);
        var (was, now) = (ActivityOf(before), ActivityOf(after));
        if (was == now) return work;
        var at = ReportFact.Ms(happened.At);
        if (work is not null && at > work.Since) facts.Add(new ReportFact.Spent(agentId, work.Activity, work.Since, at));
        return now is null ? null : new AgentWork(now, at);
    }

    private static string? ActivityOf(AgentState state) => state.Sessions.IsEmpty ? null : state.Activity;
}
