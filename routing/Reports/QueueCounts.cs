namespace RoutingGrid.Routing.Reports;

/// <summary>What is counted of a queue; docs/REPORTS.md says what each means, to the letter. Times are in milliseconds.</summary>
public readonly record struct QueueCounts
{
    public long Arrived { get; init; }
    public long TransferredIn { get; init; }
    public long TransferredOut { get; init; }

    /// <summary>Cases that reached an agent's hands for the first time.</summary>
    public long Assigned { get; init; }

    /// <summary>Those of them that did so within the queue's time.</summary>
    public long AssignedInTime { get; init; }

    /// <summary>The waits of those assigned, added up.</summary>
    public long WaitMs { get; init; }
    public long Answered { get; init; }
    public long Abandoned { get; init; }

    /// <summary>Closings: a case that was reopened can have several.</summary>
    public long Closed { get; init; }

    /// <summary>Closings of cases that had been in an agent's hands since they were opened or reopened.</summary>
    public long Handled { get; init; }

    /// <summary>The time that those were in hands, added up.</summary>
    public long HandlingMs { get; init; }

    /// <summary>TME, the average wait; 0 where nothing was assigned.</summary>
    public double TmeSeconds => Averages.Seconds(WaitMs, Assigned);

    /// <summary>TMO, the average handling time; 0 where nothing was handled.</summary>
    public double TmoSeconds => Averages.Seconds(HandlingMs, Handled);

    /// <summary>Share of the cases assigned or abandoned that were assigned in time; 1 where there are none.</summary>
    public double ServiceLevel => Assigned + Abandoned == 0 ? 1 : (double)AssignedInTime / (Assigned + Abandoned);

    public static QueueCounts operator +(QueueCounts a, QueueCounts b) => new()
    {
        Arrived = a.Arrived + b.Arrived,
        TransferredIn = a.TransferredIn + b.TransferredIn,
        TransferredOut = a.TransferredOut + b.TransferredOut,
        Assigned = a.Assigned + b.Assigned,
        AssignedInTime = a.AssignedInTime + b.AssignedInTime,
        WaitMs = a.WaitMs + b.WaitMs,
        Answered = a.Answered + b.Answered,
        Abandoned = a.Abandoned + b.Abandoned,
        Closed = a.Closed + b.Closed,
        Handled = a.Handled + b.Handled,
        HandlingMs = a.HandlingMs + b.HandlingMs,
    };

    public static QueueCounts Add(QueueCounts left, QueueCounts right) => left + right;
}

internal static class Averages
{
    public static double Seconds(long milliseconds, long count) => count == 0 ? 0 : milliseconds / 1000.0 / count;
}
