namespace RoutingGrid.Routing.Reports;

/// <summary>Something that an event adds to a report. Moments are milliseconds since 1970 in UTC, what is below a millisecond dropped,
/// so that durations add up exactly.</summary>
public abstract record ReportFact
{
    private ReportFact() { }

    /// <summary>Counts of a queue at a moment.</summary>
    public sealed record OfQueue(string Queue, long At, QueueCounts Counts) : ReportFact;

    /// <summary>A case waited in a queue for a time.</summary>
    /// <param name="Since">When its wait began, perhaps in another queue.</param>
    public sealed record Waited(string Queue, long From, long To, long Since) : ReportFact;

    /// <summary>Counts of an agent at a moment.</summary>
    public sealed record OfAgent(string Agent, long At, AgentCounts Counts) : ReportFact;

    /// <summary>An agent did something.</summary>
    public sealed record Acted(string Agent, long At) : ReportFact;

    /// <summary>An agent was signed in, with one activity.</summary>
    public sealed record Spent(string Agent, string Activity, long From, long To) : ReportFact;

    internal static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    /// <summary>Says that an agent acted, where one did.</summary>
    internal static void AddActor(DomainEvent happened, ICollection<ReportFact> facts)
    {
        const string agent = "agent:";
        if (happened.By is { } by && by.StartsWith(agent, StringComparison.Ordinal)) facts.Add(new Acted(by[agent.Length..], Ms(happened.At)));
    }
}
