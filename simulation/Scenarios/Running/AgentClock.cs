namespace RoutingGrid.Simulation.Scenarios.Running;

/// <summary>How long one agent works, and with how much in hand: the same from an agent's own doings and from the journal.</summary>
internal sealed class AgentClock(RunTally tally, int group, int capacity)
{
    private TimeSpan _since;
    private bool _present;
    private string _activity = "";
    private int _units;

    public void SignedIn(TimeSpan at)
    {
        CountUpTo(at);
        _present = true;
    }

    public void SignedOut(TimeSpan at)
    {
        CountUpTo(at);
        _present = false;
    }

    public void Entered(TimeSpan at, string activity)
    {
        CountUpTo(at);
        _activity = activity;
    }

    public void Took(TimeSpan at, int units)
    {
        CountUpTo(at);
        _units += units;
    }

    public void Gave(TimeSpan at, int units) => Took(at, -units);

    /// <summary>A break begins when the hands are empty; wrapping up takes the whole agent.</summary>
    private void CountUpTo(TimeSpan at)
    {
        if (at > _since && _present && (_activity != Activities.Break || _units > 0))
            tally.AtWork(group, _since, at, _activity == Activities.WrapUp ? capacity : Math.Min(_units, capacity));
        _since = at;
    }
}
