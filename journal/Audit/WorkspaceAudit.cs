using RoutingGrid.Routing;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Customers;
using RoutingGrid.Routing.Live;

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
    private readonly Dictionary<string, string> _openThreads = [];
    private readonly HashSet<string> _messages = [];
    private readonly LiveNumbers _numbers;
    private readonly MatchingAudit _matching;
    private CompiledConfiguration? _configuration;
    private long _closings;

    public WorkspaceAudit(string workspace, Func<DateTimeOffset, TimeSpan> tolerance, Action<Violation> found)
    {
        (_workspace, _found) = (workspace, found);
        _numbers = new LiveNumbers(queue => _configuration?.Queue(queue)?.Targets.ServiceLevelSeconds ?? 0);
        _matching = new MatchingAudit(tolerance, (invariant, recorded, what) => Report(invariant, recorded, what));
    }

    public void Configured(RecordedEvent recorded, WorkspaceConfiguration configuration)
    {
        _matching.Before(recorded);
        _configuration = new CompiledConfiguration(recorded.Version, configuration);
        _matching.Configured(_configuration);
    }

    public void Check(RecordedEvent recorded)
    {
        _matching.Before(recorded);
        switch (recorded.Stream.Kind)
        {
            case StreamKind.Case:
                CheckCase(recorded);
                break;
            case StreamKind.Agent:
                var agent = AgentFold.Evolve(AgentOf(recorded.Stream.Id), recorded.Event);
                _agents[recorded.Stream.Id] = agent;
                _matching.Agent(recorded.Stream.Id, agent, UnitsOf(recorded.Stream.Id), recorded.Event.At);
                break;
        }
    }

    /// <summary>Rows against states, deadlines against what the states imply, and the live numbers against a count.</summary>
    public async Task CompareReadModels(IReadModels read, CancellationToken cancel)
    {
        await ReadModelAudit.Compare(_workspace, _cases, _agents, read, (invariant, what) => Report(invariant, null, what), cancel);
        var total = _numbers.Total();
        if (total.Arrived != _cases.Count) Report(9, null, $"{total.Arrived} cases arrived by the reports, {_cases.Count} by the journal.");
        if (total.Closed != _closings) Report(9, null, $"{total.Closed} cases were closed by the reports, {_closings} by the journal.");
    }

    private void CheckCase(RecordedEvent recorded)
    {
        var caseId = recorded.Stream.Id;
        var before = _cases.GetValueOrDefault(caseId, CaseState.None);
        CheckOffer(recorded, before);
        var after = CaseFold.Evolve(before, recorded.Event);
        _cases[caseId] = after;
        CheckPlace(recorded, after);
        CheckThread(recorded, after);
        if (recorded.Event is MessageReceived message && !_messages.Add($"{after.Channel}/{after.Account}/{message.MessageId}"))
            Report(2, recorded, $"message {message.MessageId} of {after.Account} is in a case already.");
        CheckHands(recorded, before, after);
        if (before.Status == CaseStatus.Closed && after.Status == CaseStatus.Assigned) _numbers.Reopen(caseId, before);
        _numbers.Count(caseId, recorded.Event);
        if (recorded.Event is CaseClosed) _closings++;
        _matching.Case(caseId, after, recorded.Event.At);
    }

    private void CheckOffer(RecordedEvent recorded, CaseState before)
    {
        switch (recorded.Event)
        {
            case CaseOffered e:
                var agent = AgentOf(e.AgentId);
                if (!agent.TakesWork) Report(6, recorded, $"{e.AgentId} is offered case {recorded.Stream.Id} while {agent.Presence} and '{agent.Activity}'.");
                if (_configuration?.Agent(e.AgentId) is { } profile && !Routing.Matching.Eligibility.MayAnswerFrom(profile, before.Account))
                    Report(6, recorded, $"{e.AgentId} is offered case {recorded.Stream.Id} without permission for account {before.Account}.");
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
            _matching.Load(agentId, channel, cases);
        }
    }

    private AgentState AgentOf(string agentId) => _agents.GetValueOrDefault(agentId, AgentState.None);

    private int UnitsOf(string agentId) => _units.GetValueOrDefault(agentId);

    private void Report(int invariant, RecordedEvent? recorded, string what) =>
        _found(new Violation(invariant, recorded?.Position ?? 0, recorded?.Event.At ?? default, _workspace, what));
}
