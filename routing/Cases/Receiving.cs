namespace RoutingGrid.Routing.Cases;

/// <summary>What a customer's message does to a case: opens it, is added, wakes it, or reopens it.</summary>
public static class Receiving
{
    /// <summary>Whether a message belongs to this case, or a new one has to be opened for it.</summary>
    public static bool Continues(CaseState state, DateTimeOffset at) =>
        state.IsOpen || (state.Status == CaseStatus.Closed && state.ReopenUntil is { } until && at < until);

    internal static Decision Decide(CaseState state, CaseCommand.Receive c) => state.Status switch
    {
        CaseStatus.None => Decision.Of(c.Opening, c.Message, CaseDecisions.Queued(state, c, c.Placement, QueuedBecause.New, TimeSpan.Zero)),
        CaseStatus.Waiting when state.Holder is not null => Decision.Of(c.Message with { AnswerDue = c.AnswerDue }, Resumed(state, c)),
        CaseStatus.Waiting => Decision.Of(c.Message, CaseDecisions.Queued(state, c, c.Placement, QueuedBecause.Woken, c.PreferSameAgent)),
        CaseStatus.Closed when Continues(state, c.At) =>
            Decision.Of(c.Message, CaseDecisions.Queued(state, c, c.Placement, QueuedBecause.Reopened, c.PreferSameAgent)),
        CaseStatus.Closed => CaseDecisions.Illegal(state, CaseStatus.Queued),
        CaseStatus.Assigned => Decision.Of(c.Message with { AnswerDue = state.FirstAnsweredAt is null ? null : c.AnswerDue }),
        _ => Decision.Of(c.Message),
    };

    /// <summary>The agent who waited with the case, and kept capacity for it, goes on.</summary>
    internal static CaseAssigned Resumed(CaseState state, CaseCommand c) => new()
    {
        At = c.At, AgentId = state.Holder!, Units = state.HeldUnits, Excess = state.Excess, Reason = "resumed by the agent who held it",
    };
}
