using RoutingGrid.Routing;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Customers;
using RoutingGrid.Routing.Reports;

namespace RoutingGrid.Journal.Audit;

/// <summary>One workspace, folded event by event and checked after each.</summary>
internal sealed class WorkspaceAudit
{
    private readonly string _workspace;
    private readonly Action<Violation> _found;
    private readonly Dictionary<string, CaseState> _cases = [];
    private readonly Dictionary<string, AgentState> _agents = [];
    private readonly Dictionary<string, int> _units = [];
    private readonly Dictionary<string, int> _excess = [];
    private readonly Dictionary<string, HashSet<string>> _hands = [];
    private readonly Dictionary<string, string> _openThreads = [];
    private readonly HashSet<string> _messages = [];
    private readonly MatchingAudit _matching;
    private readonly DeadlineAudit _deadlines;
    private readonly EligibilityAudit _eligibility;
    private CompiledConfiguration? _configuration;
    private long _closings;

    public WorkspaceAudit(string workspace, Func<DateTimeOffset, TimeSpan> tolerance, Action<Violation> found)
    {
        (_workspace, _found) = (workspace, found);
        _matching = new MatchingAudit(tolerance, (invariant, recorded, what) => Report(invariant, recorded, what));
        _deadlines = new DeadlineAudit(tolerance, CaseOf, AgentOf, (invariant, recorded, what) => Report(invariant, recorded, what));
        _eligibility = new EligibilityAudit(tolerance);
    }

    /// <summary>The reports that the events make.</summary>
    public ReportFold Reports { get; } = new();

    public void Configured(RecordedEvent recorded, WorkspaceConfiguration configuration)
    {
        Before(recorded);
        _configuration = new CompiledConfiguration(recorded.Version, configuration);
        _matching.Configured(_configuration);
        Reports.Configured(configuration);
        _eligibility.Configured(_configuration, recorded.Event.At);
    }

    public void Check(RecordedEvent recorded)
    {
        Before(recorded);
        switch (recorded.Stream.Kind)
        {
            case StreamKind.Case:
                CheckCase(recorded);
                break;
            case StreamKind.Agent:
                CheckAgent(recorded);
                break;
        }
    }

    /// <summary>Rows against states, deadlines against what the states imply, and the reports against a count.</summary>
    public async Task CompareReadModels(IReadModels read, CancellationToken cancel)
    {
        await ReadModelAudit.Compare(_workspace, _cases, _agents, read, (invariant, what) => Report(invariant, null, what), cancel);
        var total = Reports.Tally.Queues.Values.Aggregate(default(QueueCounts), (sum, queue) => sum + queue.Counts);
        if (total.Arrived != _cases.Count) Report(9, null, $"{total.Arrived} cases arrived by the reports, {_cases.Count} by the journal.");
        if (total.Closed != _closings) Report(9, null, $"{total.Closed} cases were closed by the reports, {_closings} by the journal.");
    }

    private void Before(RecordedEvent recorded)
    {
        _matching.Before(recorded);
        _deadlines.Before(recorded);
    }

    private void CheckAgent(RecordedEvent recorded)
    {
        var agentId = recorded.Stream.Id;
        var before = AgentOf(agentId);
        var after = AgentFold.Evolve(before, recorded.Event);
        _agents[agentId] = after;
        Reports.OfAgent(agentId, before, recorded.Event, after);
        _deadlines.Agent(agentId, before, after);
        _matching.Agent(agentId, after, UnitsOf(agentId), recorded.Event.At);
        if (recorded.Event is WorkReleased) CheckReleased(recorded);
    }

    /// <summary>Who is gone and has given back their work has none.</summary>
    private void CheckReleased(RecordedEvent recorded)
    {
        var agentId = recorded.Stream.Id;
        foreach (var caseId in _hands.GetValueOrDefault(agentId, []).Order(StringComparer.Ordinal))
            if (CaseOf(caseId).Holder != agentId || !_eligibility.MayKeep(CaseOf(caseId), agentId, recorded.Event.At))
                Report(6, recorded, $"{agentId} is gone and keeps case {caseId}.");
    }

    private void CheckCase(RecordedEvent recorded)
    {
        var caseId = recorded.Stream.Id;
        var before = CaseOf(caseId);
        CheckOffer(recorded, before);
        CheckHolder(recorded, before);
        var after = CaseFold.Evolve(before, recorded.Event);
        _cases[caseId] = after;
        CheckPlace(recorded, after);
        CheckThread(recorded, after);
        // Of an erased customer nobody can say any more what was the same as what.
        if (recorded.Event is MessageReceived { MessageId.Length: > 0 } message && !_messages.Add($"{after.Channel}/{after.Account}/{message.MessageId}"))
            Report(2, recorded, $"message {message.MessageId} of {after.Account} is in a case already.");
        CheckHands(recorded, before, after);
        Reports.OfCase(caseId, before, recorded.Event, after);
        if (recorded.Event is CaseClosed) _closings++;
        _matching.Case(caseId, after, recorded.Event.At);
        _deadlines.Case(caseId, before, after);
    }

    private void CheckOffer(RecordedEvent recorded, CaseState before)
    {
        switch (recorded.Event)
        {
            case CaseOffered e:
                var agent = AgentOf(e.AgentId);
                if (!agent.TakesWork) Report(6, recorded, $"{e.AgentId} is offered case {recorded.Stream.Id} while {agent.Presence} and '{agent.Activity}'.");
                if (_eligibility.Unfit(before, e.AgentId, e.Units, e.At) is { } unfit)
                    Report(6, recorded, $"{e.AgentId} is offered case {recorded.Stream.Id}, which they cannot have: {unfit}.");
                if (_eligibility.TooManyAsked(before, e.At) is { } limit)
                    Report(4, recorded, $"case {recorded.Stream.Id} is offered to {e.AgentId} and {before.Offers.Length} more: {limit}.");
                _matching.Offered(recorded, before, e);
                break;
            case OfferEnded e when !before.Offers.Any(offer => offer.OfferId == e.OfferId && offer.AgentId == e.AgentId):
                Report(5, recorded, $"offer {e.OfferId} ends ({e.End}) and was not live.");
                break;
            case CaseAssigned { OfferId: { } offerId } e when !before.Offers.Any(offer => offer.OfferId == offerId && offer.AgentId == e.AgentId):
                Report(5, recorded, $"offer {offerId} is accepted and was not live.");
                break;
            case CaseAssigned when before.Offers.Length > (recorded.Event is CaseAssigned { OfferId: not null } ? 1 : 0):
                Report(5, recorded, $"case {recorded.Stream.Id} is assigned while other offers of it live.");
                break;
            case CaseQueued or CaseClosed when !before.Offers.IsEmpty:
                Report(5, recorded, $"case {recorded.Stream.Id} leaves while offers of it live.");
                break;
        }
    }

    /// <summary>Who gets a case may have it, also when it has been on its way for a while.</summary>
    private void CheckHolder(RecordedEvent recorded, CaseState before)
    {
        if (recorded.Event is not CaseAssigned e || e.AgentId == before.Holder) return;
        if (e.OfferId is null && _eligibility.NotPermitted(before, e.AgentId, e.At) is { } forbidden)
            Report(6, recorded, $"{e.AgentId} is given case {recorded.Stream.Id}, which they cannot have: {forbidden}.");
        else if (e.OfferId is not null && _eligibility.Unfit(before, e.AgentId, e.Units, e.At) is { } unfit)
            Report(6, recorded, $"{e.AgentId} accepts case {recorded.Stream.Id}, which they cannot have any more: {unfit}.");
    }

    private void CheckPlace(RecordedEvent recorded, CaseState state)
    {
        var right = state.Status switch
        {
            CaseStatus.Queued => state is { Holder: null, Offers.IsEmpty: true, Queue.Length: > 0 },
            CaseStatus.Offered => state is { Holder: null, Offers.IsEmpty: false },
            CaseStatus.Assigned => state is { Holder: not null, Offers.IsEmpty: true },
            CaseStatus.Waiting => state is { Offers.IsEmpty: true, WakeAt: not null, WaitingFor: not null },
            CaseStatus.Escalated => state is { Holder: null, Offers.IsEmpty: true, FollowUpAt: not null },
            CaseStatus.Closed => state is { Holder: null, Offers.IsEmpty: true, HeldUnits: 0 },
            _ => true,
        };
        if (!right) Report(4, recorded, $"case {recorded.Stream.Id} is {state.Status} with holder '{state.Holder}' and {state.Offers.Length} live offer(s).");
    }

    private void CheckThread(RecordedEvent recorded, CaseState state)
    {
        if (state.Thread.Length == 0) return;
        var thread = $"{state.CustomerId}\n{state.Thread}";
        var other = _openThreads.GetValueOrDefault(thread);
        if (!state.IsOpen)
        {
            if (other == recorded.Stream.Id) _openThreads.Remove(thread);
        }
        else if (other is null)
        {
            _openThreads[thread] = recorded.Stream.Id;
        }
        else if (other != recorded.Stream.Id)
        {
            Report(3, recorded, $"{state.CustomerId} has cases {other} and {recorded.Stream.Id} open in thread {state.Thread}.");
        }
    }

    /// <summary>Nobody is given more than they can take. Cases in permitted excess are not counted, nor is what a new configuration made too much.</summary>
    private void CheckHands(RecordedEvent recorded, CaseState before, CaseState after)
    {
        var grown = new SortedDictionary<string, int>(StringComparer.Ordinal);
        Weigh(before, -1);
        Weigh(after, +1);
        foreach (var (agentId, more) in grown)
        {
            var units = UnitsOf(agentId);
            var bound = units - _excess.GetValueOrDefault(agentId);
            if (_configuration?.Agent(agentId) is { } profile && more > 0 && bound > profile.Capacity)
                Report(1, recorded, $"{agentId} holds {bound} units of {profile.Capacity} besides what was given in permitted excess.");
            _matching.Agent(agentId, AgentOf(agentId), units, recorded.Event.At);
        }

        void Weigh(CaseState state, int sign)
        {
            if (state.Holder is { } holder) Add(holder, sign * state.HeldUnits, state.Channel, sign, state.Excess);
            foreach (var offer in state.Offers) Add(offer.AgentId, sign * offer.Units, state.Channel, sign, excess: false);
        }

        void Add(string agentId, int units, string channel, int cases, bool excess)
        {
            _units[agentId] = UnitsOf(agentId) + units;
            if (excess) _excess[agentId] = _excess.GetValueOrDefault(agentId) + units;
            grown[agentId] = grown.GetValueOrDefault(agentId) + units;
            if (!_hands.TryGetValue(agentId, out var hands)) _hands[agentId] = hands = [];
            if (cases > 0) hands.Add(recorded.Stream.Id);
            else hands.Remove(recorded.Stream.Id);
            _matching.Load(agentId, channel, cases);
        }
    }

    private CaseState CaseOf(string caseId) => _cases.GetValueOrDefault(caseId, CaseState.None);

    private AgentState AgentOf(string agentId) => _agents.GetValueOrDefault(agentId, AgentState.None);

    private int UnitsOf(string agentId) => _units.GetValueOrDefault(agentId);

    private void Report(int invariant, RecordedEvent? recorded, string what) =>
        _found(new Violation(invariant, recorded?.Position ?? 0, recorded?.Event.At ?? default, _workspace, what));
}
