namespace RoutingGrid.Routing.Cases;

/// <summary>What a case does when one of its deadlines comes. One that was met, moved or cancelled does nothing.</summary>
internal static class DueDeadlines
{
    public static Decision Decide(CaseState state, CaseCommand.Due c)
    {
        foreach (var deadline in CaseDeadlines.Of(state))
            if (deadline.Kind == c.Kind && deadline.DueAt <= c.At) return Act(state, c, deadline);
        return Decision.Nothing;
    }

    private static Decision Act(CaseState state, CaseCommand.Due c, Deadline deadline) => c.Kind switch
    {
        DeadlineKind.FirstAnswer or DeadlineKind.NextAnswer or DeadlineKind.Resolution =>
            Decision.Of(new TargetMissed { At = c.At, Target = c.Kind, DueAt = deadline.DueAt }),
        DeadlineKind.Stage => Decision.Of(new StageReached { At = c.At, Stage = c.Stage, NextStageAt = c.NextStageAt }),
        DeadlineKind.FollowUp => Decision.Of(CaseDecisions.Queued(state, c, c.Placement, QueuedBecause.Resumed, c.PreferSameAgent)),
        DeadlineKind.WakeUp when state.WaitingFor == WaitingFor.Customer => Decision.Of(new CaseClosed { At = c.At, Kind = CloseKind.Expired }),
        DeadlineKind.WakeUp when state.Holder is not null => Decision.Of(Receiving.Resumed(state, c)),
        DeadlineKind.WakeUp => Decision.Of(CaseDecisions.Queued(state, c, c.Placement, QueuedBecause.Woken, c.PreferSameAgent)),
        _ => Decision.Nothing,
    };
}
