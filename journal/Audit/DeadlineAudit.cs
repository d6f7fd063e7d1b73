using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Audit;

/// <summary>Every promise about time is met, moved or cancelled soon after it is due.</summary>
/// <remarks>Time counts from the first event at or after the due time: while nothing ran, nothing could be kept.</remarks>
internal sealed class DeadlineAudit(
    Func<DateTimeOffset, TimeSpan> tolerance, Func<string, CaseState> caseOf, Func<string, AgentState> agentOf, Action<int, RecordedEvent, string> report)
{
    /// <summary>A call that gets lost is repeated with the next repair, and that one may get lost too.</summary>
    private const int Tries = 3;

    private readonly PriorityQueue<Promise, (DateTimeOffset Due, long Order)> _coming = new();
    private readonly PriorityQueue<Promise, (DateTimeOffset Until, long Order)> _due = new();
    private long _order;

    private readonly record struct Promise(string Owner, Deadline Deadline, string? OfferId = null);

    /// <summary>What was due by now, and still stands after the tolerance, was overlooked.</summary>
    public void Before(RecordedEvent recorded)
    {
        var now = recorded.Event.At;
        while (_due.TryPeek(out var overdue, out var end) && end.Until < now)
        {
            _due.Dequeue();
            if (Stands(overdue)) report(5, recorded, Overlooked(overdue));
        }
        while (_coming.TryPeek(out var promise, out var at) && at.Due <= now)
        {
            _coming.Dequeue();
            if (Stands(promise)) _due.Enqueue(promise, (now + (Tries * tolerance(now)), _order++));
        }
    }

    public void Case(string caseId, CaseState before, CaseState after)
    {
        foreach (var offer in after.Offers)
            if (!before.Offers.Contains(offer)) Add(new Promise(caseId, CaseDeadlines.OfOffer(caseId, offer), offer.OfferId));
        var now = CaseDeadlines.Of(after);
        if (now.IsEmpty) return;
        var old = CaseDeadlines.Of(before);
        foreach (var deadline in now)
            if (!old.Contains(deadline)) Add(new Promise(caseId, deadline));
    }

    public void Agent(string agentId, AgentState before, AgentState after)
    {
        var old = AgentFold.Deadlines(before);
        foreach (var deadline in AgentFold.Deadlines(after))
            if (IsExact(deadline.Kind) && !old.Contains(deadline)) Add(new Promise(agentId, deadline));
    }

    /// <summary>Heartbeats and actions move the others in memory only.</summary>
    private static bool IsExact(DeadlineKind kind) => kind is DeadlineKind.GraceEnds or DeadlineKind.SessionExpires or DeadlineKind.ReleaseWork;

    private void Add(in Promise promise) => _coming.Enqueue(promise, (promise.Deadline.DueAt, _order++));

    private static string Overlooked(in Promise promise) => promise.OfferId is { } offerId
        ? $"offer {offerId} of case {promise.Owner} ran out at {promise.Deadline.DueAt:HH:mm:ss.fff}, and lives."
        : $"the deadline {promise.Deadline.Kind} of {promise.Owner}, due at {promise.Deadline.DueAt:HH:mm:ss.fff}, is neither met nor moved.";

    private bool Stands(Promise promise)
    {
        if (promise.OfferId is { } offerId) return caseOf(promise.Owner).Offers.Any(offer => offer.OfferId == offerId);
        return IsExact(promise.Deadline.Kind)
            ? AgentFold.Deadlines(agentOf(promise.Owner)).Contains(promise.Deadline)
            : CaseDeadlines.Of(caseOf(promise.Owner)).Contains(promise.Deadline);
    }
}
