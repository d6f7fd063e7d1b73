using System.Collections.Immutable;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Routing.Reports;

/// <summary>The reports of one workspace, from its events in the order in which they were written.</summary>
public sealed class ReportFold
{
    private readonly Dictionary<string, (CaseState State, CaseWork Work)> _cases = [];
    private readonly Dictionary<string, (AgentState State, AgentWork? Work)> _agents = [];
    private readonly List<ReportFact> _facts = [];
    private Dictionary<string, int> _serviceLevels = [];

    /// <summary>All that has ended, by quarter of an hour.</summary>
    public ReportTally Tally { get; } = new();

    public void Configured(WorkspaceConfiguration configuration) => _serviceLevels = ServiceLevels.Of(configuration);

    public void OfCase(string caseId, DomainEvent happened)
    {
        var (before, work) = _cases.TryGetValue(caseId, out var known) ? known : (CaseState.None, CaseWork.None);
        var after = CaseFold.Evolve(before, happened);
        OfCase(caseId, work, before, happened, after);
    }

    /// <summary>The same for one who folds cases anyway.</summary>
    public void OfCase(string caseId, CaseState before, DomainEvent happened, CaseState after) =>
        OfCase(caseId, _cases.TryGetValue(caseId, out var known) ? known.Work : CaseWork.None, before, happened, after);

    public void OfAgent(string agentId, DomainEvent happened)
    {
        var before = _agents.TryGetValue(agentId, out var known) ? known.State : AgentState.None;
        OfAgent(agentId, before, happened, AgentFold.Evolve(before, happened));
    }

    /// <summary>The same for one who folds agents anyway.</summary>
    public void OfAgent(string agentId, AgentState before, DomainEvent happened, AgentState after)
    {
        var work = FactsOfAgents.Add(_agents.GetValueOrDefault(agentId).Work, agentId, before, happened, after, _facts);
        _agents[agentId] = (after, work);
        Count();
    }

    /// <summary>Every queue in every span in which there is something to tell, by span and queue.</summary>
    /// <param name="now">Until when what has not ended counts, in milliseconds since 1970.</param>
    public ImmutableArray<QueueInterval> Queues(ImmutableArray<ReportSpan> spans, long now)
    {
        var rows = ImmutableArray.CreateBuilder<QueueInterval>();
        foreach (var span in spans)
        {
            var sums = Tally.Queues.Where(entry => IsIn(span, entry.Key.Quarter)).Select(entry => (entry.Key.Queue, Sum: entry.Value)).Concat(Waiting(span, now));
            foreach (var queue in sums.GroupBy(entry => entry.Queue, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
                rows.Add(new QueueInterval(
                    span, queue.Key, queue.Aggregate(default(QueueCounts), (sum, entry) => sum + entry.Sum.Counts), queue.Max(entry => entry.Sum.LongestWaitMs)));
        }
        return rows.ToImmutable();
    }

    /// <summary>Every agent on every day on which there is something to tell, by day and agent.</summary>
    /// <param name="now">Until when what has not ended counts, in milliseconds since 1970.</param>
    public ImmutableArray<AgentDay> Agents(ImmutableArray<ReportSpan> days, long now)
    {
        var rows = ImmutableArray.CreateBuilder<AgentDay>();
        foreach (var day in days)
        {
            var sums = Tally.Agents.Where(entry => IsIn(day, entry.Key.Quarter)).ToLookup(entry => entry.Key.Agent, entry => entry.Value);
            var times = Tally.Times.Where(entry => IsIn(day, entry.Key.Quarter)).Select(entry => (entry.Key.Agent, entry.Key.Activity, Ms: entry.Value))
                .Concat(SignedIn(day, now)).ToLookup(entry => entry.Agent);
            foreach (var agent in sums.Select(group => group.Key).Concat(times.Select(group => group.Key)).Distinct().Order(StringComparer.Ordinal))
                rows.Add(new AgentDay(
                    day, agent, sums[agent].Aggregate(default(AgentCounts), (sum, one) => sum + one.Counts), sums[agent].Min(one => one.FirstAct), sums[agent].Max(one => one.LastAct),
                    times[agent].GroupBy(entry => entry.Activity).ToImmutableSortedDictionary(group => group.Key, group => group.Sum(entry => entry.Ms), StringComparer.Ordinal)));
        }
        return rows.ToImmutable();
    }

    private void OfCase(string caseId, CaseWork work, CaseState before, DomainEvent happened, CaseState after)
    {
        work = FactsOfCases.Add(work, before, happened, after, queue => _serviceLevels.GetValueOrDefault(queue), _facts);
        _cases[caseId] = (after, work);
        Count();
    }

    private void Count()
    {
        foreach (var fact in _facts) Tally.Add(fact);
        _facts.Clear();
    }

    private IEnumerable<(string Queue, QueueSum Sum)> Waiting(ReportSpan span, long now)
    {
        var to = Math.Min(span.EndMs, now);
        foreach (var (state, work) in _cases.Values)
            if (work.WaitingSince is { } since && to > span.StartMs && ReportFact.Ms(state.QueuedAt) < to) yield return (state.Queue, new QueueSum(default, to - since));
    }

    private IEnumerable<(string Agent, string Activity, long Ms)> SignedIn(ReportSpan day, long now)
    {
        foreach (var (agent, (_, work)) in _agents)
            if (work is not null && Math.Min(day.EndMs, now) - Math.Max(day.StartMs, work.Since) is > 0 and var time) yield return (agent, work.Activity, time);
    }

    private static bool IsIn(ReportSpan span, long quarter) => quarter * ReportTally.QuarterMs >= span.StartMs && quarter * ReportTally.QuarterMs < span.EndMs;
}
