using System.Diagnostics;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Matching;

namespace RoutingGrid.Bench.Router;

/// <summary>Drives a matcher as its grain would: cases arrive, agents finish them, proposals are answered.</summary>
internal sealed class RouterLoad
{
    /// <summary>One proposal in so many is declined: a case with a decline waits in its place.</summary>
    private const int DeclinedOneIn = 30;

    /// <summary>Virtual time per decision. Ten thousand agents with cases of five minutes make about 66 decisions a second.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(15);

    private readonly Center _center;
    private readonly Matcher _matcher;
    private readonly AgentView[] _agents;
    private readonly Dictionary<string, int> _agentIndex = [];
    private readonly List<Proposal> _proposals = [];
    private readonly Random _random;
    private readonly int _target;
    private DateTimeOffset _now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private long _cases;

    public RouterLoad(Center center, int waiting, int seed)
    {
        (_center, _target, _random) = (center, waiting, new Random(seed));
        _matcher = new Matcher(center.Configuration);
        _agents = [.. center.Agents.Select((profile, i) => new AgentView
        {
            AgentId = profile.Id,
            Version = 1,
            Profile = profile,
            TakesWork = true,
            IdleSince = _now.AddSeconds(-i),
            Load = LoadOf(profile.Capacity),
        })];
        for (var i = 0; i < _agents.Length; i++)
        {
            _agentIndex[_agents[i].AgentId] = i;
            _matcher.Put(_agents[i]);
        }
        _matcher.Match(_now, _proposals);
        BytesPerWaitingCase = Fill();
    }

    public double BytesPerWaitingCase { get; }
    public long Decisions { get; private set; }
    public long Proposals { get; private set; }

    /// <summary>Ticks of <see cref="Stopwatch"/> that each of the last decisions took.</summary>
    public Latencies Latencies { get; } = new();

    public void RunFor(TimeSpan time)
    {
        Latencies.Clear();
        (Decisions, Proposals) = (0, 0);
        var end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        while (Stopwatch.GetTimestamp() < end)
        {
            for (var i = 0; i < 500; i++)
            {
                if (_matcher.WaitingCount <= _target) Arrive();
                Free();
            }
        }
    }

    /// <summary>Lets the backlog wait before anything is measured, and weighs it: the matcher, the cases and their ids.</summary>
    private double Fill()
    {
        var start = _now;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < _target; i++)
        {
            _now += Tick * 2;
            _matcher.Put(_center.NewCase(_cases++, _now));
        }
        _matcher.Match(_now, _proposals);
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Math.Max(1, _target);
        Console.Error.WriteLine($"{_matcher.WaitingCount} wait, over {(_now - start).TotalMinutes:F0} minutes");
        Answer();
        return bytes;
    }

    private void Arrive()
    {
        var waiting = _center.NewCase(_cases++, _now += Tick);
        var start = Stopwatch.GetTimestamp();
        _matcher.Put(waiting);
        _matcher.Match(_now, _proposals);
        Answer();
        Latencies.Add(Stopwatch.GetTimestamp() - start);
        Decisions++;
    }

    private void Free()
    {
        _now += Tick;
        var i = _random.Next(_agents.Length);
        while (_agents[i].Load.Units == 0) i = (i + 1) % _agents.Length;
        var finished = _agents[i] = _agents[i] with { IdleSince = _now, Load = LoadOf(_agents[i].Load.Units - 1) };
        var start = Stopwatch.GetTimestamp();
        _matcher.Put(finished);
        _matcher.Match(_now, _proposals);
        Answer();
        Latencies.Add(Stopwatch.GetTimestamp() - start);
        Decisions++;
    }

    /// <summary>The agents answer, as part of what a decision costs.</summary>
    private void Answer()
    {
        foreach (var proposal in _proposals)
        {
            Proposals++;
            var i = _agentIndex[proposal.AgentId];
            _matcher.ProposalEnded(proposal.CaseId, proposal.AgentId);
            _matcher.Remove(proposal.CaseId);
            if (_random.Next(DeclinedOneIn) == 0)
            {
                _matcher.Put(_center.NewCase(_cases++, _now) with { Declines = [new Decline(proposal.AgentId, _now.AddMinutes(5), 0)] });
                continue;
            }
            _matcher.Put(_agents[i] = _agents[i] with { IdleSince = _now, Load = LoadOf(_agents[i].Load.Units + proposal.Units) });
        }
        _proposals.Clear();
    }

    private static AgentLoad LoadOf(int cases) => new(cases, LoadsByCases[cases]);

    private static readonly System.Collections.Immutable.ImmutableArray<ChannelLoad>[] LoadsByCases =
        [[], [new("chat", 1)], [new("chat", 2)], [new("chat", 3)], [new("chat", 4)], [new("chat", 5)]];
}
