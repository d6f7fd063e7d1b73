using RoutingGrid.Journal;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Simulation.Scenarios.Running;

/// <summary>Counts a run from what the journal says, and from nothing else.</summary>
internal sealed class JournalCount
{
    private readonly Scenario _scenario;
    private readonly RunTally _tally;
    private readonly Dictionary<string, int> _types;
    private readonly Dictionary<string, AgentClock> _agents = [];
    private readonly Dictionary<string, OpenCase> _cases = [];

    private JournalCount(Scenario scenario)
    {
        _scenario = scenario;
        _tally = new RunTally(scenario);
        _types = scenario.Types.Select((type, i) => (type.Name, i)).ToDictionary(type => type.Name, type => type.i);
        for (var i = 0; i < scenario.Groups.Length; i++)
            for (var number = 0; number < scenario.Groups[i].Agents.Max(); number++)
                _agents[ScenarioWorkspace.AgentId(scenario.Groups[i], number)] = new AgentClock(_tally, i, scenario.Groups[i].Capacity);
    }

    /// <exception cref="InvalidOperationException">The journal comes to other figures.</exception>
    public static async Task Compare(Scenario scenario, IJournal journal, TimeSpan end, Replication counted)
    {
        var count = new JournalCount(scenario);
        await foreach (var recorded in journal.ReadAll()) count.Take(recorded);
        foreach (var left in count._cases.Values)
            if (left.Waits) count._tally.Remaining(left.Type, left.Arrival, end);
        Compare(counted.Types.SelectMany(type => type.Periods.Select((counts, i) => ($"{type.Name}, period {i}", counts))), count._tally.Types.SelectMany(type => type.Periods));
        Compare(counted.Groups.SelectMany(group => group.Periods.Select((use, i) => ($"{group.Name}, period {i}", use))), count._tally.Groups.SelectMany(group => group.Periods));
    }

    private static void Compare<T>(IEnumerable<(string What, T Counted)> counted, IEnumerable<T> journal)
    {
        foreach (var ((what, figures), read) in counted.Zip(journal))
            if (!EqualityComparer<T>.Default.Equals(figures, read)) throw new InvalidOperationException($"{what}: counted {figures}, and the journal says {read}.");
    }

    private void Take(RecordedEvent recorded)
    {
        var at = recorded.Event.At - _scenario.Start;
        switch (recorded.Event)
        {
            case CaseOpened opened:
                _cases[recorded.Stream.Id] = new OpenCase(_types[opened.Profile.Attributes["type"]], at);
                break;
            case CaseAssigned assigned:
                Assigned(_cases[recorded.Stream.Id], assigned, at);
                break;
            case CaseQueued:
                _cases[recorded.Stream.Id].Return(at);
                break;
            case CaseClosed closed:
                Closed(_cases[recorded.Stream.Id], closed, at);
                break;
            case SessionStarted:
                _agents[recorded.Stream.Id].SignedIn(at);
                break;
            case SessionEnded:
                _agents[recorded.Stream.Id].SignedOut(at);
                break;
            case ActivityChanged changed:
                _agents[recorded.Stream.Id].Entered(at, changed.Activity);
                break;
        }
    }

    private void Assigned(OpenCase opened, CaseAssigned assigned, TimeSpan at)
    {
        if (opened.Waits) _tally.Served(opened.Type, opened.Arrival, at);
        opened.Take(_agents[assigned.AgentId], assigned.Units, at);
    }

    private void Closed(OpenCase opened, CaseClosed closed, TimeSpan at)
    {
        if (opened.Waits && closed.Reason == ScenarioWorkspace.QueueFull) _tally.Blocked(opened.Type, opened.Arrival);
        else if (opened.Waits) _tally.Abandoned(opened.Type, opened.Arrival, at);
        opened.Waits = false;
        opened.Return(at);
    }

    private sealed class OpenCase(int type, TimeSpan arrival)
    {
        private AgentClock? _holder;
        private int _units;

        public int Type { get; } = type;
        public TimeSpan Arrival { get; } = arrival;

        /// <summary>Has not been assigned yet.</summary>
        public bool Waits { get; set; } = true;

        public void Take(AgentClock holder, int units, TimeSpan at)
        {
            Return(at);
            (Waits, _holder, _units) = (false, holder, units);
            holder.Took(at, units);
        }

        public void Return(TimeSpan at)
        {
            _holder?.Gave(at, _units);
            _holder = null;
        }
    }
}
