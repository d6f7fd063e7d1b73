using RoutingGrid.GrainInterfaces.Agents;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Simulation.World;

namespace RoutingGrid.Simulation.Replay;

/// <summary>An agent of the recorded center: signs in for each shift, serves every call for as long as it took, and leaves when the
/// shift is over and the last call done. Hears of calls as a desktop does.</summary>
internal sealed class ReplayAgent(SimulatedWorld world, PlannedAgent plan, TimeSpan wrapUp, IReadOnlyDictionary<string, PlannedCall> calls) : IAgentObserver
{
    // Observers are forgotten after a minute without a sign.
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(45);

    private readonly IAgentGrain _grain = world.Agent(plan.Name);
    private Interval _shift;
    private DateTimeOffset _rested;
    private Task _service = Task.CompletedTask;

    public async Task Work()
    {
        var observer = world.Grains.CreateObjectReference<IAgentObserver>(this);
        for (var i = 0; i < plan.Shifts.Length; i++)
        {
            _shift = plan.Shifts[i];
            // A call that ran into this shift from the one before has its pause too.
            await world.Pass((_shift.Start > _rested ? _shift.Start : _rested) - world.Now);
            var session = FormattableString.Invariant($"{plan.Name}-{i}");
            await _grain.Watch(observer);
            Expect(await _grain.SignIn(session, null, ReplayCenter.Available, CommandContext.System));
            await StayUntil(_shift.End, observer);
            Expect(await _grain.SetActivity(session, ReplayCenter.Leaving, CommandContext.System));
            await FinishWork(observer);
            Expect(await _grain.SignOut(session, CommandContext.System));
        }
    }

    public void Notify(AgentNotice notice)
    {
        if (notice is { Type: "case.assigned", Holding: { } holding }) _service = Serve(holding.CaseId);
    }

    private async Task StayUntil(DateTimeOffset end, IAgentObserver observer)
    {
        while (world.Now < end)
        {
            var rest = end - world.Now;
            await world.Pass(rest < Renewal ? rest : Renewal);
            await _grain.Watch(observer);
        }
    }

    /// <summary>A call that was given in the last moment may be known to the agent's grain before this desktop hears of it.</summary>
    private async Task FinishWork(IAgentObserver observer)
    {
        while (!_service.IsCompleted || !(await _grain.Get()).Holdings.IsEmpty)
        {
            await Task.WhenAny(_service.IsCompleted ? world.Pass(TimeSpan.FromSeconds(1)) : _service, world.Pass(Renewal));
            await _grain.Watch(observer);
        }
        await _service;
    }

    private async Task Serve(string caseId)
    {
        var state = (await world.Case(caseId).Get()).State;
        var call = calls[state.CustomerId[(ReplayCenter.Channel.Length + 1)..]];
        await world.Pass(call.Service);
        _rested = world.Now + wrapUp;
        var wraps = wrapUp > TimeSpan.Zero && world.Now < _shift.End;
        if (wraps) Expect(await _grain.SetActivity(null, ReplayCenter.WrapUp, CommandContext.System));
        var closed = await world.Case(caseId).Close(plan.Name, CloseKind.Handled, null, null, CommandContext.System);
        if (closed.Refusal is { } refusal) throw new InvalidOperationException($"{call.Id} could not be closed: {refusal}.");
        if (!wraps) return;
        await world.Pass(wrapUp);
        if (world.Now < _shift.End) Expect(await _grain.SetActivity(null, ReplayCenter.Available, CommandContext.System));
    }

    private static void Expect(AgentResult result)
    {
        if (result.Refusal is { } refusal) throw new InvalidOperationException($"{refusal.Code}: {refusal.Detail}");
    }
}
