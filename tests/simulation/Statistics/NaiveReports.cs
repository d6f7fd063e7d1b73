using System.Collections.Immutable;
using RoutingGrid.Journal;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Reports;
using RoutingGrid.Routing.Workspaces;

namespace RoutingGrid.Simulation.Tests.Statistics;

/// <summary>The reports once more, from docs/REPORTS.md and the bare events, by loops that know neither the states nor the sums of the product.
/// Slow, and easy to check by reading.</summary>
internal sealed class NaiveReports
{
    private readonly List<(string Queue, long At, string What, long Value)> _ofQueues = [];
    private readonly List<(string Agent, long At, string What, long Value)> _ofAgents = [];
    private readonly List<(string Queue, long From, long To, long Since)> _waits = [];
    private readonly List<(string Agent, string Activity, long From, long To)> _times = [];
    private readonly List<(string Agent, long At)> _acts = [];
    private readonly List<RecordedEvent> _configurations;
    private readonly long _now;

    /// <param name="events">Of one workspace, in the order of positions.</param>
    public NaiveReports(IReadOnlyList<RecordedEvent> events, DateTimeOffset now)
    {
        _now = Ms(now);
        _configurations = [.. events.Where(recorded => recorded.Event is WorkspaceConfigured)];
        foreach (var stream in events.Where(recorded => recorded.Stream.Kind is StreamKind.Case or StreamKind.Agent).GroupBy(recorded => recorded.Stream))
        {
            foreach (var recorded in stream)
                if (recorded.Event.By is { } by && by.StartsWith("agent:", StringComparison.Ordinal)) _acts.Add((by["agent:".Length..], Ms(recorded.Event.At)));
            if (stream.Key.Kind == StreamKind.Agent) Times(stream.Key.Id, stream);
            else Case([.. stream]);
        }
    }

    public List<QueueInterval> Queues(IEnumerable<ReportSpan> spans)
    {
        var rows = new List<QueueInterval>();
        var facts = _ofQueues.ToLookup(fact => (fact.Queue, fact.What));
        var queues = _ofQueues.Select(fact => fact.Queue).Concat(_waits.Select(wait => wait.Queue)).Distinct().Order(StringComparer.Ordinal).ToList();
        foreach (var span in spans)
        {
            foreach (var queue in queues)
            {
                long Sum(string what) => facts[(queue, what)].Where(fact => fact.At >= span.StartMs && fact.At < span.EndMs).Sum(fact => fact.Value);
                var longest = 0L;
                foreach (var (of, from, to, since) in _waits)
                {
                    var touches = from < span.EndMs && (to > span.StartMs || (from == to && from >= span.StartMs));
                    if (of == queue && touches) longest = Math.Max(longest, Math.Min(to, span.EndMs) - since);
                }
                var counts = new QueueCounts
                {
                    Arrived = Sum("arrived"), TransferredIn = Sum("in"), TransferredOut = Sum("out"), Assigned = Sum("assigned"), AssignedInTime = Sum("in time"),
                    WaitMs = Sum("wait"), Answered = Sum("answered"), Abandoned = Sum("abandoned"), Closed = Sum("closed"), Handled = Sum("handled"), HandlingMs = Sum("handling"),
                };
                if (counts != default || longest > 0) rows.Add(new QueueInterval(span, queue, counts, longest));
            }
        }
        return rows;
    }

    public List<AgentDay> Agents(IEnumerable<ReportSpan> days)
    {
        var rows = new List<AgentDay>();
        var agents = _ofAgents.Select(fact => fact.Agent).Concat(_times.Select(time => time.Agent)).Concat(_acts.Select(act => act.Agent)).Distinct().Order(StringComparer.Ordinal).ToList();
        foreach (var day in days)
        {
            foreach (var agent in agents)
            {
                bool IsIn(long at) => at >= day.StartMs && at < day.EndMs;
                long Sum(string what) => _ofAgents.Where(fact => fact.Agent == agent && fact.What == what && IsIn(fact.At)).Sum(fact => fact.Value);
                var counts = new AgentCounts
                {
                    Offers = Sum("offer"), Accepted = Sum("Accepted"), Declined = Sum("Declined"), RungOut = Sum("TimedOut"), Withdrawn = Sum("Withdrawn"),
                    Superseded = Sum("Superseded"), Given = Sum("given"), Answers = Sum("answer"), Handled = Sum("handled"), HandlingMs = Sum("handling"), Closed = Sum("closed"),
                };
                var times = new SortedDictionary<string, long>(StringComparer.Ordinal);
                foreach (var (of, activity, from, to) in _times)
                    if (of == agent && Math.Min(to, day.EndMs) - Math.Max(from, day.StartMs) is > 0 and var ms) times[activity] = times.GetValueOrDefault(activity) + ms;
                var acts = _acts.Where(act => act.Agent == agent && IsIn(act.At)).Select(act => (long?)act.At).ToList();
                if (counts != default || times.Count > 0 || acts.Count > 0)
                    rows.Add(new AgentDay(day, agent, counts, acts.Min(), acts.Max(), times.ToImmutableSortedDictionary(StringComparer.Ordinal)));
            }
        }
        return rows;
    }

    /// <summary>Days and intervals, by asking every quarter of an hour what date it has.</summary>
    public static List<ReportSpan> Cut(string zone, DateOnly first, DateOnly last, int? minutes)
    {
        var spans = new List<ReportSpan>();
        var found = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var quarters = Enumerable.Range(0, ((last.DayNumber - first.DayNumber) + 3) * 96)
            .Select(number => new DateTimeOffset(first.AddDays(-1), TimeOnly.MinValue, TimeSpan.Zero).AddMinutes(15 * number))
            .GroupBy(quarter => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(quarter, found).DateTime));
        foreach (var day in quarters.Where(day => day.Key >= first && day.Key <= last))
            foreach (var chunk in day.Chunk(minutes is { } length ? length / 15 : int.MaxValue))
                spans.Add(new ReportSpan(day.Key, Ms(chunk[0]), Ms(chunk[^1].AddMinutes(15))));
        return spans;
    }

    private void Case(List<RecordedEvent> events)
    {
        var opened = Ms(events[0].Event.At);
        var queue = "";
        var (everAssigned, everAnswered, wasClosed, isClosed) = (false, false, false, false);
        (long Since, long From)? waiting = null;
        (string Agent, long From)? inHands = null;
        var handling = 0L;
        var hands = new HashSet<string>();
        var offers = new Dictionary<string, (string Agent, long At)>();
        foreach (var (position, _, _, happened) in events)
        {
            var at = Ms(happened.At);
            var reopens = isClosed && happened is (CaseQueued or CaseAssigned);
            if (reopens) (handling, hands, wasClosed, isClosed) = (0, [], true, false);
            switch (happened)
            {
                case CaseQueued e:
                    var begins = waiting?.Since ?? at;
                    EndWait(at);
                    EndHands(at, closing: false);
                    if (queue.Length == 0) Queue(e.Queue, at, "arrived");
                    else if (queue != e.Queue && !reopens)
                    {
                        Queue(queue, at, "out");
                        Queue(e.Queue, at, "in");
                    }
                    queue = e.Queue;
                    waiting = (begins, at);
                    break;
                case CaseOffered e:
                    offers[e.OfferId] = (e.AgentId, at);
                    Agent(e.AgentId, at, "offer");
                    break;
                case OfferEnded e:
                    Agent(offers[e.OfferId].Agent, offers[e.OfferId].At, e.End.ToString());
                    break;
                case CaseAssigned e:
                    if (e.OfferId is { } accepted) Agent(offers[accepted].Agent, offers[accepted].At, "Accepted");
                    if (e.Manual) Agent(e.AgentId, at, "given");
                    if (!everAssigned && !wasClosed)
                    {
                        var wait = Math.Max(0, at - opened);
                        Queue(queue, at, "assigned");
                        Queue(queue, at, "wait", wait);
                        if (wait <= 1000L * Limit(queue, position)) Queue(queue, at, "in time");
                    }
                    everAssigned = true;
                    EndWait(at);
                    EndHands(at, closing: false);
                    inHands = (e.AgentId, at);
                    break;
                case CaseAnswered e:
                    Agent(e.AgentId, at, "answer");
                    if (!everAnswered && !wasClosed) Queue(queue, at, "answered");
                    everAnswered = true;
                    break;
                case CaseWaiting or CaseEscalated:
                    EndWait(at);
                    EndHands(at, closing: false);
                    break;
                case CaseClosed e:
                    EndWait(at);
                    EndHands(at, closing: true);
                    Queue(queue, at, "closed");
                    if (e.Kind == CloseKind.Abandoned && !everAssigned && !wasClosed) Queue(queue, at, "abandoned");
                    if (hands.Count > 0)
                    {
                        Queue(queue, at, "handled");
                        Queue(queue, at, "handling", handling);
                    }
                    isClosed = true;
                    break;
            }
        }
        // Who waits now has waited until now.
        if (waiting is { } still && still.From < _now) _waits.Add((queue, still.From, _now, still.Since));

        void EndWait(long at)
        {
            if (waiting is { } wait) _waits.Add((queue, wait.From, Math.Max(wait.From, at), wait.Since));
            waiting = null;
        }

        void EndHands(long at, bool closing)
        {
            if (inHands is not { } had) return;
            var time = Math.Max(0, at - had.From);
            handling += time;
            Agent(had.Agent, at, "handling", time);
            if (hands.Add(had.Agent)) Agent(had.Agent, at, "handled");
            if (closing) Agent(had.Agent, at, "closed");
            inHands = null;
        }
    }

    private void Times(string agent, IEnumerable<RecordedEvent> events)
    {
        var sessions = new HashSet<string>();
        var activity = "offline";
        var since = 0L;
        foreach (var recorded in events)
        {
            var at = Ms(recorded.Event.At);
            if (sessions.Count > 0 && at > since) _times.Add((agent, activity, since, at));
            since = at;
            if (recorded.Event is SessionStarted started) sessions.Add(started.SessionId);
            if (recorded.Event is SessionEnded ended) sessions.Remove(ended.SessionId);
            if (recorded.Event is ActivityChanged changed) activity = changed.Activity;
        }
        if (sessions.Count > 0 && _now > since) _times.Add((agent, activity, since, _now));
    }

    private int Limit(string queue, long position)
    {
        var configured = _configurations.LastOrDefault(recorded => recorded.Position < position)?.Event as WorkspaceConfigured;
        return configured?.Configuration.Queues.FirstOrDefault(settings => settings.Name == queue)?.Targets.ServiceLevelSeconds ?? 0;
    }

    private void Queue(string queue, long at, string what, long value = 1) => _ofQueues.Add((queue, at, what, value));

    private void Agent(string agent, long at, string what, long value = 1) => _ofAgents.Add((agent, at, what, value));

    private static long Ms(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;
}
