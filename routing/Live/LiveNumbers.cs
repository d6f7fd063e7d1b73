using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Reports;

namespace RoutingGrid.Routing.Live;

/// <summary>A step of a case's way to an agent, with its reason.</summary>
public sealed record RoutingStep(DateTimeOffset At, string What, string CaseId, string Queue, string? AgentId, string? Reason);

/// <summary>Folds case events into the flow of every queue, which counts as the reports do, and the last routing steps. Pure: the events say when.</summary>
/// <param name="serviceLevelSeconds">A queue's time within which a case counts as served in time.</param>
public sealed class LiveNumbers(Func<string, int> serviceLevelSeconds)
{
    private const int StepsKept = 30;

    private readonly Dictionary<string, (CaseState State, CaseWork Work)> _cases = [];
    private readonly SortedDictionary<string, QueueCounts> _flows = new(StringComparer.Ordinal);
    private readonly Queue<RoutingStep> _steps = new();
    private readonly List<ReportFact> _facts = [];

    /// <summary>Newest first.</summary>
    public IEnumerable<RoutingStep> Steps => _steps.Reverse();

    /// <summary>What has happened to a queue's cases since the counting began.</summary>
    public QueueCounts Flow(string queue) => _flows.GetValueOrDefault(queue);

    public QueueCounts Total() => _flows.Values.Aggregate(default(QueueCounts), (total, flow) => total + flow);

    /// <summary>Whether a case needs no introduction. Closed ones are forgotten.</summary>
    public bool Knows(string caseId) => _cases.ContainsKey(caseId);

    /// <summary>Takes an event of a case that began before the counting did, or was forgotten, without counting it.</summary>
    public void Introduce(string caseId, DomainEvent earlier)
    {
        Fold(caseId, earlier);
        _facts.Clear();
    }

    /// <summary>Counts the next event of a case, all of whose earlier ones were counted or introduced.</summary>
    public void Count(string caseId, DomainEvent happened)
    {
        var before = _cases.TryGetValue(caseId, out var known) ? known.State : CaseState.None;
        var after = Fold(caseId, happened);
        foreach (var fact in _facts)
            if (fact is ReportFact.OfQueue counted) _flows[counted.Queue] = Flow(counted.Queue) + counted.Counts;
        _facts.Clear();
        Step(caseId, before, happened, after);
        if (happened is CaseClosed) _cases.Remove(caseId);
    }

    private CaseState Fold(string caseId, DomainEvent happened)
    {
        var (before, work) = _cases.TryGetValue(caseId, out var known) ? known : (CaseState.None, CaseWork.None);
        var after = CaseFold.Evolve(before, happened);
        _cases[caseId] = (after, FactsOfCases.Add(work, before, happened, after, serviceLevelSeconds, _facts));
        return after;
    }

    private void Step(string caseId, CaseState before, DomainEvent happened, CaseState after)
    {
        switch (happened)
        {
            case CaseQueued e when before.IsOpen:
                Step(e, e.Because == QueuedBecause.AgentLost ? "agent lost" : "queued", e.PreferredAgent, Words(e.Because));
                break;
            case CaseOffered e:
                Step(e, "offered", e.AgentId, e.Reason);
                break;
            case CaseAssigned e:
                Step(e, "assigned", e.AgentId, after.RoutedBecause);
                break;
            case OfferEnded { End: OfferEnd.Declined or OfferEnd.TimedOut } e:
                Step(e, e.End == OfferEnd.Declined ? "declined" : "rang out", e.AgentId, null);
                break;
        }

        void Step(DomainEvent at, string what, string? agentId, string? reason)
        {
            if (_steps.Count == StepsKept) _steps.Dequeue();
            _steps.Enqueue(new RoutingStep(at.At, what, caseId, after.Queue, agentId, reason));
        }
    }

    private static string Words(QueuedBecause because) => because switch
    {
        QueuedBecause.New => "new",
        QueuedBecause.Returned => "returned",
        QueuedBecause.AgentLost => "its agent is gone",
        QueuedBecause.Transferred => "transferred",
        QueuedBecause.Woken => "the wait is over",
        QueuedBecause.Reopened => "reopened",
        QueuedBecause.Overflow => "overflow",
        _ => "follow-up",
    };
}
