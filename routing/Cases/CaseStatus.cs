namespace RoutingGrid.Routing.Cases;

/// <summary>Where a case is. Exactly one of these at any time.</summary>
public enum CaseStatus
{
    /// <summary>It does not exist yet.</summary>
    None,
    Queued,
    Offered,
    Assigned,
    Waiting,
    Escalated,
    Closed,
}

/// <summary>What people see of a case's status.</summary>
public enum ShownStatus { New, Pending, Escalated, Closed }

/// <summary>The table of transitions, beside the enum that it is about.</summary>
public static class CaseTransitions
{
    private static readonly bool[,] Allowed = Table(
        (CaseStatus.None, [CaseStatus.Queued]),
        (CaseStatus.Queued, [CaseStatus.Queued, CaseStatus.Offered, CaseStatus.Assigned, CaseStatus.Escalated, CaseStatus.Closed]),
        (CaseStatus.Offered, [CaseStatus.Offered, CaseStatus.Assigned, CaseStatus.Queued]),
        (CaseStatus.Assigned, [CaseStatus.Queued, CaseStatus.Assigned, CaseStatus.Waiting, CaseStatus.Escalated, CaseStatus.Closed]),
        (CaseStatus.Waiting, [CaseStatus.Assigned, CaseStatus.Queued, CaseStatus.Closed]),
        (CaseStatus.Escalated, [CaseStatus.Assigned, CaseStatus.Queued, CaseStatus.Waiting, CaseStatus.Closed]),
        (CaseStatus.Closed, [CaseStatus.Queued, CaseStatus.Assigned]));

    /// <summary>Whether a case may go from one status to the other. From Queued to Queued is a change of queue, from Offered to
    /// Offered another agent asked at the same time, from Assigned to Assigned a transfer.</summary>
    public static bool Allows(CaseStatus from, CaseStatus to) => Allowed[(int)from, (int)to];

    private static bool[,] Table(params (CaseStatus From, CaseStatus[] To)[] rows)
    {
        var count = Enum.GetValues<CaseStatus>().Length;
        var table = new bool[count, count];
        foreach (var (from, targets) in rows)
            foreach (var to in targets)
                table[(int)from, (int)to] = true;
        return table;
    }
}
