using RoutingGrid.Simulation.Replay;

namespace RoutingGrid.Simulation.Tests.Replay;

/// <summary>
/// The same call center without grains, journal or router: what a replay through the grains is compared with. At one moment shifts
/// end first, then calls and wrap-ups end and shifts begin, then callers arrive, then callers lose patience; so who would hang up
/// in the very second in which an agent becomes free is served.
/// </summary>
internal sealed class ReferenceCallCenter
{
    private readonly ReplayPlan _plan;
    private readonly List<Agent> _agents;
    private readonly List<PlannedCall> _waiting = [];
    private readonly List<ReplayedCall> _done = [];
    private readonly PriorityQueue<Action, (DateTimeOffset At, Turn Turn, int Order)> _events = new();
    private DateTimeOffset _now;
    private int _order;

    private ReferenceCallCenter(ReplayPlan plan)
    {
        _plan = plan;
        _agents = plan.Agents.Select(agent => new Agent(agent)).ToList();
        foreach (var agent in _agents)
            foreach (var shift in agent.Who.Shifts)
            {
                At(shift.Start, Turn.AgentsFree, () => Begin(agent));
                At(shift.End, Turn.ShiftsEnd, () => agent.OnShift = false);
            }
        foreach (var call in plan.Calls) At(call.Arrival, Turn.Arrivals, () => Arrive(call));
    }

    private enum Turn { ShiftsEnd, AgentsFree, Arrivals, HangUps }

    /// <summary>The calls in the order in which it was decided what becomes of them.</summary>
    public static List<ReplayedCall> Play(ReplayPlan plan)
    {
        var center = new ReferenceCallCenter(plan);
        while (center._events.TryDequeue(out var happen, out var when))
        {
            center._now = when.At;
            happen();
        }
        return center._done;
    }

    private void Arrive(PlannedCall call)
    {
        var agent = _agents.Where(a => a.IsFree && a.Who.Skills.Contains(call.Type)).OrderBy(a => a.FreeSince).FirstOrDefault();
        if (agent is not null)
        {
            Serve(agent, call);
            return;
        }
        _waiting.Add(call);
        At(_plan.HangsUpAt(call), Turn.HangUps, () => HangUp(call));
    }

    private void HangUp(PlannedCall call)
    {
        if (_waiting.Remove(call)) _done.Add(new ReplayedCall(call, _now - call.Arrival, null));
    }

    private void Begin(Agent agent)
    {
        agent.OnShift = true;
        if (!agent.Busy) Free(agent); // else a call of the shift before is still running
    }

    private void Free(Agent agent)
    {
        agent.Busy = false;
        agent.FreeSince = _now;
        if (!agent.OnShift) return;
        // The longest credited wait is the earliest credited arrival; among equals the one that came first.
        var next = _waiting.Where(call => agent.Who.Skills.Contains(call.Type))
            .OrderBy(call => call.Arrival - call.Credit).ThenBy(call => call.Arrival).ThenBy(call => call.Line).FirstOrDefault();
        if (next is null) return;
        _waiting.Remove(next);
        Serve(agent, next);
    }

    private void Serve(Agent agent, PlannedCall call)
    {
        agent.Busy = true;
        _done.Add(new ReplayedCall(call, _now - call.Arrival, agent.Who.Name));
        At(_now + call.Service + _plan.WrapUp, Turn.AgentsFree, () => Free(agent));
    }

    private void At(DateTimeOffset when, Turn turn, Action happen) => _events.Enqueue(happen, (when, turn, _order++));

    private sealed class Agent(PlannedAgent who)
    {
        public PlannedAgent Who => who;

        public bool OnShift { get; set; }

        public bool Busy { get; set; }

        public DateTimeOffset FreeSince { get; set; }

        public bool IsFree => OnShift && !Busy;
    }
}
