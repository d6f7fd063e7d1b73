using System.Collections.Immutable;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Matching;

namespace RoutingGrid.Journal.Audit;

/// <summary>A second matcher, fed with what the journal says: whenever time passes it must find nothing that the first one left.</summary>
internal sealed class MatchingAudit(Func<DateTimeOffset, TimeSpan> tolerance, Action<int, RecordedEvent, string> report)
{
    private readonly Dictionary<string, ImmutableArray<ChannelLoad>> _loads = [];
    private readonly Dictionary<(string Queue, string Channel, string Account, Requirements Needs), SortedSet<(double Rank, DateTimeOffset Start, string CaseId)>> _plain = [];
    private readonly Dictionary<string, CaseState> _waiting = [];
    private readonly Dictionary<string, DateTimeOffset> _inPlaceSince = [];
    private readonly List<Proposal> _left = [];
    private readonly Queue<(RecordedEvent By, string CaseId, DateTimeOffset InPlaceSince, string AgentId)> _overtaken = new();
    private CompiledConfiguration? _configuration;
    private Matcher? _matcher;
    private DateTimeOffset _last;
    private long _version;

    public void Configured(CompiledConfiguration configuration)
    {
        _configuration = configuration;
        if (_matcher is null) _matcher = new Matcher(configuration.Settings);
        else _matcher.Reconfigure(configuration.Settings);
        // Ageing, and with it every rank, may have changed.
        _plain.Clear();
        foreach (var (caseId, state) in _waiting) Plain(state)?.Add(Rank(caseId, state));
    }

    /// <summary>Time has passed since the last event: by then everything that could be matched must have been.</summary>
    public void Before(RecordedEvent recorded)
    {
        var until = recorded.Event.At - tolerance(recorded.Event.At);
        if (_matcher is not null && until > _last)
        {
            _matcher.Match(until.AddTicks(-1), _left);
            foreach (var proposal in _left)
            {
                report(7, recorded, $"case {proposal.CaseId} waited although {proposal.AgentId} could have had it since {_last:HH:mm:ss.fff} ({proposal.Reason}).");
                _matcher.ProposalEnded(proposal.CaseId, proposal.AgentId);
            }
            _left.Clear();
        }
        CheckOvertaken(until);
        if (recorded.Event.At > _last) _last = recorded.Event.At;
    }

    public void Load(string agentId, string channel, int cases)
    {
        var loads = _loads.GetValueOrDefault(agentId, []);
        for (var i = 0; i < loads.Length; i++)
        {
            if (loads[i].Channel != channel) continue;
            _loads[agentId] = loads.SetItem(i, new ChannelLoad(channel, loads[i].Cases + cases));
            return;
        }
        _loads[agentId] = loads.Add(new ChannelLoad(channel, cases));
    }

    public void Agent(string agentId, AgentState state, int units, DateTimeOffset at)
    {
        if (_configuration?.Agent(agentId) is not { } profile) return;
        _matcher!.Put(new AgentView
        {
            AgentId = agentId,
            Version = ++_version,
            Profile = profile,
            TakesWork = state.TakesWork,
            Activity = state.Activity,
            Presence = state.Presence,
            AvailabilityEpoch = state.AvailabilityEpoch,
            IdleSince = at,
            Load = new AgentLoad(units, _loads.GetValueOrDefault(agentId, [])),
        });
    }

    public void Case(string caseId, CaseState state, DateTimeOffset at)
    {
        var before = _waiting.Remove(caseId, out var known) ? Plain(known) : null;
        before?.Remove(Rank(caseId, known!));
        if (state.Status is CaseStatus.Queued or CaseStatus.Offered)
        {
            _waiting[caseId] = state;
            _matcher?.Put(WaitingCase.From(state, caseId));
            var place = Plain(state);
            place?.Add(Rank(caseId, state));
            if (place is null || place != before || Rank(caseId, state) != Rank(caseId, known!)) _inPlaceSince[caseId] = at;
        }
        else
        {
            _inPlaceSince.Remove(caseId);
            _matcher?.Remove(caseId);
        }
    }

    /// <summary>No other case with equal requirements may have waited longer, or with more priority.</summary>
    public void Offered(RecordedEvent recorded, CaseState state, CaseOffered offered)
    {
        if (Plain(state) is not { Count: > 0 } equals) return;
        var mine = Rank(recorded.Stream.Id, state);
        var stage = StageOf(state, recorded.Event.At);
        var allowed = tolerance(recorded.Event.At);
        foreach (var first in equals)
        {
            if (first.CompareTo(mine) >= 0) return;
            var passed = _waiting[first.CaseId];
            if (_inPlaceSince[first.CaseId] + allowed >= recorded.Event.At || StageOf(passed, recorded.Event.At - allowed) != stage) continue;
            _overtaken.Enqueue((recorded, first.CaseId, _inPlaceSince[first.CaseId], offered.AgentId));
            return;
        }
    }

    // Requirements relax with the time in the queue: at different stages they are not equal.
    private int StageOf(CaseState state, DateTimeOffset at) => _configuration?.Queue(state.Queue) is { } queue ? Stages.At(queue, state.QueuedAt, at) : 0;

    /// <summary>Cases that are decided together may be written in another order: only one that still waits afterwards was passed over.</summary>
    private void CheckOvertaken(DateTimeOffset until)
    {
        while (_overtaken.TryPeek(out var suspect) && suspect.By.Event.At < until)
        {
            _overtaken.Dequeue();
            if (_waiting.TryGetValue(suspect.CaseId, out var state) && state.Status == CaseStatus.Queued && _inPlaceSince[suspect.CaseId] == suspect.InPlaceSince)
                report(8, suspect.By, $"case {suspect.By.Stream.Id} is offered to {suspect.AgentId} before case {suspect.CaseId}, which comes first.");
        }
    }

    /// <summary>Cases that nothing but their order tells apart; null for one with a preference, declines or live offers.</summary>
    private SortedSet<(double, DateTimeOffset, string CaseId)>? Plain(CaseState state)
    {
        if (state.Status != CaseStatus.Queued || state.PreferredAgent is not null || !state.Declines.IsEmpty) return null;
        var kind = (state.Queue, state.Channel, state.Account, state.Needs);
        return _plain.TryGetValue(kind, out var cases) ? cases : _plain[kind] = [];
    }

    /// <summary>Smaller comes first. Within a queue, ageing moves all alike, so the order does not change with time.</summary>
    private (double Rank, DateTimeOffset Start, string CaseId) Rank(string caseId, CaseState state)
    {
        var ageing = _configuration?.Queue(state.Queue)?.AgeingPerMinute ?? 0;
        return (Math.Round((ageing * (state.VirtualStart.UtcTicks / (double)TimeSpan.TicksPerMinute)) - state.Class - state.Boost, 6), state.VirtualStart, caseId);
    }
}
