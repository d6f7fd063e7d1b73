using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Routing.Live;

/// <summary>What has happened to a queue's cases since the counting began. Averages are in seconds.</summary>
/// <remarks>
/// TME (tiempo medio de espera), the average wait: from a case's entry into its first queue until it first reaches an agent's hands.
/// TMO (tiempo medio de operación), the average handling time: from first reaching an agent's hands until first closed.
/// </remarks>
public sealed class QueueFlow
{
    public long Arrived { get; internal set; }
    public long Assigned { get; internal set; }
    public long Answered { get; internal set; }
    /// <summary>Closings: a case that was reopened can have several.</summary>
    public long Closed { get; internal set; }
    public long Abandoned { get; internal set; }
    internal long WithinServiceLevel { get; set; }
    internal double WaitSeconds { get; set; }
    internal double HandlingSeconds { get; set; }
    internal long Handled { get; set; }

    public double TmeSeconds => Assigned == 0 ? 0 : WaitSeconds / Assigned;
    public double TmoSeconds => Handled == 0 ? 0 : HandlingSeconds / Handled;

    /// <summary>Share of the cases assigned or abandoned that were assigned in time; 1 where there are none.</summary>
    public double ServiceLevel => Assigned + Abandoned == 0 ? 1 : (double)WithinServiceLevel / (Assigned + Abandoned);

    internal void Add(QueueFlow other)
    {
        Arrived += other.Arrived;
        Assigned += other.Assigned;
        Answered += other.Answered;
        Closed += other.Closed;
        Abandoned += other.Abandoned;
        WithinServiceLevel += other.WithinServiceLevel;
        WaitSeconds += other.WaitSeconds;
        HandlingSeconds += other.HandlingSeconds;
        Handled += other.Handled;
    }
}

/// <summary>A step of a case's way to an agent, with its reason.</summary>
public sealed record RoutingStep(DateTimeOffset At, string What, string CaseId, string Queue, string? AgentId, string? Reason);

/// <summary>What a case's later events do not repeat.</summary>
/// <param name="EnteredAt">When it entered its first queue.</param>
/// <param name="Again">It was closed and reopened: its wait and handling have been counted.</param>
public sealed record LiveCase(string Queue, DateTimeOffset EnteredAt, DateTimeOffset? FirstAssignedAt, bool Answered, string? Reason, bool Again = false);

/// <summary>Folds case events into the flow of every queue and the last routing steps. Pure: the events say when.</summary>
/// <param name="serviceLevelSeconds">A queue's time within which a case counts as served in time.</param>
public sealed class LiveNumbers(Func<string, int> serviceLevelSeconds)
{
    private const int StepsKept = 30;

    private readonly Dictionary<string, LiveCase> _cases = [];
    private readonly SortedDictionary<string, QueueFlow> _flows = new(StringComparer.Ordinal);
    private readonly Queue<RoutingStep> _steps = new();

    /// <summary>Newest first.</summary>
    public IEnumerable<RoutingStep> Steps => _steps.Reverse();

    public QueueFlow Flow(string queue) => _flows.TryGetValue(queue, out var flow) ? flow : _flows[queue] = new QueueFlow();

    public QueueFlow Total()
    {
        var total = new QueueFlow();
        foreach (var flow in _flows.Values) total.Add(flow);
        return total;
    }

    public bool Knows(string caseId) => _cases.ContainsKey(caseId);

    /// <summary>Introduces a case that began before the counting did.</summary>
    public void Introduce(string caseId, LiveCase known) => _cases[caseId] = known;

    /// <summary>Introduces a closed case that a person takes up again: unlike a message, they do not queue it, and closed ones are forgotten.</summary>
    public void Reopen(string caseId, CaseState closed) => _cases[caseId] = new LiveCase(closed.Queue, closed.CreatedAt, null, true, null, Again: true);

    /// <summary>Counts an event of a case that is known, or that it opens.</summary>
    public void Count(string caseId, DomainEvent happened)
    {
        switch (happened)
        {
            case CaseQueued e:
                Queued(caseId, e);
                break;
            case CaseOffered e when _cases.TryGetValue(caseId, out var known):
                _cases[caseId] = known with { Reason = e.Reason };
                Step(e, "offered", caseId, known.Queue, e.AgentId, e.Reason);
                break;
            case CaseAssigned e when _cases.TryGetValue(caseId, out var known):
                Assigned(caseId, known, e);
                break;
            case OfferEnded { End: OfferEnd.Declined or OfferEnd.TimedOut } e when _cases.TryGetValue(caseId, out var known):
                Step(e, e.End == OfferEnd.Declined ? "declined" : "rang out", caseId, known.Queue, e.AgentId, null);
                break;
            case CaseAnswered when _cases.TryGetValue(caseId, out var known) && !known.Answered:
                _cases[caseId] = known with { Answered = true };
                Flow(known.Queue).Answered++;
                break;
            case CaseClosed e when _cases.Remove(caseId, out var known):
                Closed(known, e);
                break;
        }
    }

    private void Queued(string caseId, CaseQueued e)
    {
        if (_cases.TryGetValue(caseId, out var known))
        {
            _cases[caseId] = known with { Queue = e.Queue };
            Step(e, e.Because == QueuedBecause.AgentLost ? "agent lost" : "queued", caseId, e.Queue, e.PreferredAgent, Words(e.Because));
            return;
        }
        var again = e.Because == QueuedBecause.Reopened;
        _cases[caseId] = new LiveCase(e.Queue, e.At, null, again, null, again);
        if (!again) Flow(e.Queue).Arrived++;
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

    private void Assigned(string caseId, LiveCase known, CaseAssigned e)
    {
        Step(e, "assigned", caseId, known.Queue, e.AgentId, e.Reason ?? known.Reason);
        if (known.FirstAssignedAt is not null || known.Again) return;
        _cases[caseId] = known with { FirstAssignedAt = e.At };
        var waited = Math.Max(0, (e.At - known.EnteredAt).TotalSeconds);
        var flow = Flow(known.Queue);
        flow.Assigned++;
        flow.WaitSeconds += waited;
        if (waited <= serviceLevelSeconds(known.Queue)) flow.WithinServiceLevel++;
    }

    private void Closed(LiveCase known, CaseClosed e)
    {
        var flow = Flow(known.Queue);
        flow.Closed++;
        if (e.Kind == CloseKind.Abandoned && known is { FirstAssignedAt: null, Again: false }) flow.Abandoned++;
        if (known.FirstAssignedAt is not { } assigned) return;
        flow.Handled++;
        flow.HandlingSeconds += (e.At - assigned).TotalSeconds;
    }

    private void Step(DomainEvent happened, string what, string caseId, string queue, string? agentId, string? reason)
    {
        if (_steps.Count == StepsKept) _steps.Dequeue();
        _steps.Enqueue(new RoutingStep(happened.At, what, caseId, queue, agentId, reason));
    }
}
