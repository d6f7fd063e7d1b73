namespace RoutingGrid.Simulation.Scenarios.Running;

/// <summary>An agent's breaks. One begins with taking nothing new; its time counts from when the last contact is done.</summary>
internal sealed class AgentRests(ScenarioRun run, ScenarioAgent agent)
{
    private int _resting;

    public bool Resting => _resting > 0;

    public void Begin(Shift shift)
    {
        _resting = 0;
        foreach (var plan in agent.Group.Breaks) run.Watch(Follow(plan, shift, agent.ShiftNumber));
    }

    private async Task Follow(BreakPlan plan, Shift shift, int number)
    {
        if (plan is BreakPlan.Fixed once)
        {
            var turn = agent.Group.Agents.Max() is > 1 and var all ? once.Spread * agent.Number / (all - 1) : TimeSpan.Zero;
            await Rest(shift.Start + once.At + turn, once.Length, shift, number);
        }
        else if (plan is BreakPlan.Random often)
        {
            while (await Rest(run.Now + Minutes(often.EveryMinutes, DrawFor.BreakEvery), Minutes(often.Minutes, DrawFor.BreakLength), shift, number)) { }
        }
    }

    /// <summary>False when the shift ends before or in the break.</summary>
    private async Task<bool> Rest(TimeSpan at, TimeSpan length, Shift shift, int number)
    {
        if (at >= shift.End) return false;
        await run.Until(at);
        if (!OnSameShift(number)) return false;
        _resting++;
        await agent.ChangeActivity();
        await agent.FinishWork();
        if (!OnSameShift(number)) return false;
        await run.World.Pass(length);
        if (!OnSameShift(number)) return false;
        _resting--;
        await agent.ChangeActivity();
        return true;
    }

    private bool OnSameShift(int number) => agent.IsOnShift && agent.ShiftNumber == number;

    private TimeSpan Minutes(Distribution distribution, DrawFor purpose) => agent.Draw(distribution, purpose) * 60;
}
