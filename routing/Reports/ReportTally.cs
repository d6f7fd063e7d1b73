using System.Runtime.InteropServices;

namespace RoutingGrid.Routing.Reports;

/// <summary>Facts added up by quarter of an hour. Days and intervals of every time zone begin where a quarter of an hour does.</summary>
public sealed class ReportTally
{
    public const long QuarterMs = 15 * 60 * 1000;

    private readonly Dictionary<(string Queue, long Quarter), QueueSum> _queues;
    private readonly Dictionary<(string Agent, long Quarter), AgentSum> _agents;
    private readonly Dictionary<(string Agent, long Quarter, string Activity), long> _times;

    public ReportTally() : this([], [], []) { }

    /// <summary>Goes on from sums that were kept.</summary>
    public ReportTally(
        IEnumerable<KeyValuePair<(string Queue, long Quarter), QueueSum>> queues,
        IEnumerable<KeyValuePair<(string Agent, long Quarter), AgentSum>> agents,
        IEnumerable<KeyValuePair<(string Agent, long Quarter, string Activity), long>> times) =>
        (_queues, _agents, _times) = (new(queues), new(agents), new(times));

    /// <summary>By queue and quarter.</summary>
    public IReadOnlyDictionary<(string Queue, long Quarter), QueueSum> Queues => _queues;

    /// <summary>By agent and quarter.</summary>
    public IReadOnlyDictionary<(string Agent, long Quarter), AgentSum> Agents => _agents;

    /// <summary>Milliseconds by agent, quarter and activity.</summary>
    public IReadOnlyDictionary<(string Agent, long Quarter, string Activity), long> Times => _times;

    /// <summary>The quarter in which a moment lies, counted from 1970.</summary>
    public static long QuarterOf(long at) => Math.DivRem(at, QuarterMs, out var left) - (left < 0 ? 1 : 0);

    public void Add(ReportFact fact)
    {
        switch (fact)
        {
            case ReportFact.OfQueue f:
                Queue(f.Queue, QuarterOf(f.At)).Counts += f.Counts;
                break;
            case ReportFact.Waited f:
                AddWait(f);
                break;
            case ReportFact.OfAgent f:
                Agent(f.Agent, QuarterOf(f.At)).Counts += f.Counts;
                break;
            case ReportFact.Acted f:
                ref var sum = ref Agent(f.Agent, QuarterOf(f.At));
                sum.FirstAct = Math.Min(sum.FirstAct ?? f.At, f.At);
                sum.LastAct = Math.Max(sum.LastAct ?? f.At, f.At);
                break;
            case ReportFact.Spent f:
                AddTime(f);
                break;
        }
    }

    /// <summary>In each quarter, a wait is as long as it has become by the quarter's end.</summary>
    private void AddWait(ReportFact.Waited f)
    {
        var last = QuarterOf(Math.Max(f.From, f.To - 1));
        for (var quarter = QuarterOf(f.From); quarter <= last; quarter++)
        {
            ref var sum = ref Queue(f.Queue, quarter);
            sum.LongestWaitMs = Math.Max(sum.LongestWaitMs, Math.Min(f.To, (quarter + 1) * QuarterMs) - f.Since);
        }
    }

    private void AddTime(ReportFact.Spent f)
    {
        for (var (quarter, from) = (QuarterOf(f.From), f.From); from < f.To; quarter++)
        {
            var to = Math.Min(f.To, (quarter + 1) * QuarterMs);
            CollectionsMarshal.GetValueRefOrAddDefault(_times, (f.Agent, quarter, f.Activity), out _) += to - from;
            from = to;
        }
    }

    private ref QueueSum Queue(string queue, long quarter) => ref CollectionsMarshal.GetValueRefOrAddDefault(_queues, (queue, quarter), out _);

    private ref AgentSum Agent(string agent, long quarter) => ref CollectionsMarshal.GetValueRefOrAddDefault(_agents, (agent, quarter), out _);
}

/// <summary>A queue's quarter of an hour.</summary>
public record struct QueueSum(QueueCounts Counts, long LongestWaitMs);

/// <summary>An agent's quarter of an hour.</summary>
public record struct AgentSum(AgentCounts Counts, long? FirstAct, long? LastAct);
