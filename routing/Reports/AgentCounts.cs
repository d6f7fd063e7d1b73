namespace RoutingGrid.Routing.Reports;

/// <summary>What is counted of an agent; docs/REPORTS.md says what each means, to the letter. Times are in milliseconds.</summary>
public readonly record struct AgentCounts
{
    /// <summary>Offers made. The ends of an offer count where it was made.</summary>
    public long Offers { get; init; }
    public long Accepted { get; init; }
    public long Declined { get; init; }
    public long RungOut { get; init; }
    public long Withdrawn { get; init; }
    public long Superseded { get; init; }

    /// <summary>Cases that a person gave to the agent, without an offer.</summary>
    public long Given { get; init; }

    /// <summary>Answers sent to customers.</summary>
    public long Answers { get; init; }

    /// <summary>Cases that left the agent's hands, each once from its opening or reopening to its closing.</summary>
    public long Handled { get; init; }

    /// <summary>The time that cases were in the agent's hands, by when they left them.</summary>
    public long HandlingMs { get; init; }

    /// <summary>Cases that were closed while in the agent's hands.</summary>
    public long Closed { get; init; }

    /// <summary>Offers without an end yet.</summary>
    public long Open => Offers - Accepted - Declined - RungOut - Withdrawn - Superseded;

    /// <summary>TMO, the average handling time; 0 where nothing was handled.</summary>
    public double TmoSeconds => Averages.Seconds(HandlingMs, Handled);

    public static AgentCounts operator +(AgentCounts a, AgentCounts b) => new()
    {
        Offers = a.Offers + b.Offers,
        Accepted = a.Accepted + b.Accepted,
        Declined = a.Declined + b.Declined,
        RungOut = a.RungOut + b.RungOut,
        Withdrawn = a.Withdrawn + b.Withdrawn,
        Superseded = a.Superseded + b.Superseded,
        Given = a.Given + b.Given,
        Answers = a.Answers + b.Answers,
        Handled = a.Handled + b.Handled,
        HandlingMs = a.HandlingMs + b.HandlingMs,
        Closed = a.Closed + b.Closed,
    };

    public static AgentCounts Add(AgentCounts left, AgentCounts right) => left + right;
}
