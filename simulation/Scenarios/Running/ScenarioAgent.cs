using System.Collections.Immutable;
using RoutingGrid.GrainInterfaces.Agents;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Routing;

namespace RoutingGrid.Simulation.Scenarios.Running;

/// <summary>A simulated agent: comes for each shift, takes what is given, rests, and leaves when the shift is over and the last
/// contact done. Hears of everything as a desktop does, and asks for nothing in between.</summary>
internal sealed partial class ScenarioAgent : IAgentObserver
{
    private readonly ScenarioRun _run;
    private readonly AgentClock _clock;
    private readonly ImmutableArray<Shift> _shifts;
    private readonly IAgentGrain _grain;
    private readonly AgentRests _rests;
    private readonly ulong _key;
    private IAgentObserver? _observer;
    private string? _session;
    private int _sessions;
    private string _activity = "";
    private bool _onShift;
    private bool _rangOut;
    private int _draws;
    private Task _activityChanges = Task.CompletedTask;

    public ScenarioAgent(ScenarioRun run, int group, int number)
    {
        (_run, Group, Number) = (run, run.Scenario.Groups[group], number);
        Id = ScenarioWorkspace.AgentId(Group, number);
        _key = DrawStream.Key(Id);
        _clock = new AgentClock(run.Tally, group, Group.Capacity);
        _shifts = Shift.Of(run.Scenario, Group, number);
        _grain = run.World.Agent(Id);
        _rests = new AgentRests(run, this);
    }

    public StaffGroup Group { get; }
    public int Number { get; }
    public string Id { get; }
    public bool IsSignedIn => _session is not null;
    public bool IsOnShift => _onShift;

    /// <summary>Counts the shifts.</summary>
    public int ShiftNumber { get; private set; }

    public async Task Work()
    {
        _observer = _run.World.Grains.CreateObjectReference<IAgentObserver>(this);
        foreach (var shift in _shifts)
        {
            await _run.Until(shift.Start);
            ShiftNumber++;
            await SignIn();
            _rests.Begin(shift);
            if (shift.Last) await _run.Over;
            else await _run.Until(shift.End);
            _onShift = false;
            await ChangeActivity();
            await FinishWork();
            await SignOut();
        }
    }

    public void Notify(AgentNotice notice)
    {
        if (notice.Holding is { } holding) Heard(notice.Type, holding, _run.Find(holding.CaseId));
        else if (_session is { } session && notice.Agent is { } agent && !agent.Sessions.Any(known => known.SessionId == session)) _run.Watch(ComeBack(session));
    }

    public Task Renew() => _grain.Watch(_observer!);

    /// <summary>A sign of life of the desktop.</summary>
    public Task Beat() => _session is { } session ? _grain.Heartbeat(session) : Task.CompletedTask;

    /// <summary>A sign of life of the person: who works on a contact is not idle.</summary>
    public Task Act() => _session is { } session && IsBusy ? _grain.Acted(session) : Task.CompletedTask;

    /// <summary>Draws of the agent's own, one after the other.</summary>
    public TimeSpan Draw(Distribution distribution, DrawFor purpose) => Arrivals.Draw(distribution, new DrawStream(_run.Seed, _key, _draws++, purpose));

    /// <summary>Enters the activity that all that is going on asks for. Changes come one after the other.</summary>
    public Task ChangeActivity() => _activityChanges = ChangeActivity(_activityChanges);

    private async Task SignIn()
    {
        _onShift = true;
        _rangOut = false;
        await Renew();
        var session = FormattableString.Invariant($"{Id}-{++_sessions}");
        Expect(await _grain.SignIn(session, null, _run.Available, CommandContext.System));
        _session = session;
        _clock.SignedIn(_run.Now);
        Entered(_run.Available);
    }

    private async Task SignOut()
    {
        var session = _session;
        _session = null;
        // Where the workspace ends sessions by itself, it may be gone already.
        await _grain.SignOut(session, CommandContext.System);
        _clock.SignedOut(_run.Now);
    }

    /// <summary>The workspace ended the session, for want of action or because it lasted too long.</summary>
    private async Task ComeBack(string session)
    {
        if ((await _grain.Get()).State.Sessions.Any(known => known.SessionId == session) || _session != session) return;
        _session = null;
        _clock.SignedOut(_run.Now);
        if (_onShift) await SignIn();
    }

    private async Task ChangeActivity(Task before)
    {
        await before;
        while (_session is { } session && Wanted is { } wanted && wanted != _activity)
        {
            var result = await _grain.SetActivity(session, wanted, CommandContext.System);
            if (result.Refusal is { Code: RefusalCode.SessionClosed }) return;
            Expect(result);
            Entered(wanted);
        }
    }

    private string? Wanted =>
        _wrapping > 0 ? Activities.WrapUp
        : !_onShift ? Activities.Leaving
        : _rests.Resting ? Activities.Break
        : _rangOut ? null
        : _run.Available;

    private void Entered(string activity)
    {
        _activity = activity;
        _clock.Entered(_run.Now, activity);
    }

    private static void Expect(AgentResult result)
    {
        if (result.Refusal is { } refusal) throw new InvalidOperationException($"{refusal.Code}: {refusal.Detail}");
    }
}
