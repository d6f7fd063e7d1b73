using System.Collections.Immutable;

namespace RoutingGrid.Routing.Reports;

/// <summary>A queue in an interval.</summary>
/// <param name="LongestWaitMs">The longest that any case had waited by the interval's end, or by when its wait ended before.</param>
public sealed record QueueInterval(ReportSpan Span, string Queue, QueueCounts Counts, long LongestWaitMs);

/// <summary>An agent on a day.</summary>
/// <param name="FirstAct">When the agent first did something.</param>
/// <param name="Activities">Milliseconds signed in, by activity.</param>
public sealed record AgentDay(
    ReportSpan Span, string Agent, AgentCounts Counts, long? FirstAct, long? LastAct, ImmutableSortedDictionary<string, long> Activities)
{
    public long SignedInMs => Activities.Values.Sum();

    public bool Equals(AgentDay? other) =>
        other is not null && Span == other.Span && Agent == other.Agent && Counts == other.Counts && FirstAct == other.FirstAct && LastAct == other.LastAct
        && Activities.SequenceEqual(other.Activities);

    public override int GetHashCode() => HashCode.Combine(Span, Agent, Counts);
}
