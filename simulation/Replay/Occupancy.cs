namespace RoutingGrid.Simulation.Replay;

/// <summary>
/// The share of their working time that agents spend on calls. Wrap-up is not counted as such: the recorded side cannot show it, and
/// the two are meant to be compared. For one type: the time on its calls, of the working time of all who serve it.
/// </summary>
internal sealed class Occupancy
{
    private readonly Dictionary<string, PlannedAgent> _agents;
    private readonly Dictionary<string, Share> _types;
    private readonly Share _total = new();

    public Occupancy(IReadOnlyCollection<PlannedAgent> agents, IEnumerable<string> types)
    {
        _agents = agents.ToDictionary(agent => agent.Name);
        _types = types.ToDictionary(type => type, _ => new Share());
        foreach (var agent in agents) Staff(agent, agent.Staffed);
    }

    public double Total => _total.Value;

    public double Of(string type) => _types[type].Value;

    /// <summary>
    /// An agent was on a call. What of it lies outside their shifts, because a call runs over, is working time too; without that an
    /// agent could be busy for more than they work.
    /// </summary>
    public void OnCall(string agent, string type, Interval call)
    {
        _total.Busy += call.Length;
        _types[type].Busy += call.Length;
        var person = _agents[agent];
        Staff(person, call.Length - person.Shifts.Aggregate(TimeSpan.Zero, (sum, shift) => sum + shift.Overlap(call)));
    }

    private void Staff(PlannedAgent agent, TimeSpan time)
    {
        _total.Staffed += time;
        foreach (var type in agent.Skills)
            if (_types.TryGetValue(type, out var share)) share.Staffed += time;
    }

    private sealed class Share
    {
        public TimeSpan Busy { get; set; }

        public TimeSpan Staffed { get; set; }

        public double Value => Staffed > TimeSpan.Zero ? Busy / Staffed : 0;
    }
}
