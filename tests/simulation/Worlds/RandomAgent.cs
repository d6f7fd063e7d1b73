using RoutingGrid.Engine.Simulation;
using RoutingGrid.GrainInterfaces.Agents;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Simulation.World;

namespace RoutingGrid.Simulation.Tests.Worlds;

/// <summary>Works as people do: accepts, declines, overlooks, takes breaks, loses the connection, goes home. After hours, works off what is left.</summary>
internal sealed class RandomAgent(SeededCenter center, string id, SeededRandom random) : IAgentObserver
{
    private static readonly string[] Activities = ["available", "available", "available", "busy", "break", "training"];

    private readonly Caller _caller = new(center, random);
    private readonly Dictionary<string, int> _minds = [];
    private DateTimeOffset _silentUntil;
    private DateTimeOffset _nextBeat;
    private string _session = "";
    private int _number;
    private (SimulatedWorld World, IAgentObserver Reference)? _desk;

    /// <summary>What was called when the process died. It is called again when there is a new one.</summary>
    private Func<Task>? _unanswered;

    private IAgentGrain Grain => center.World.Agent(id);

    public async Task Live()
    {
        if (_unanswered is { } again) await again();
        _unanswered = null;
        await center.World.Pass(TimeSpan.FromSeconds(random.Below(120)));
        while (!center.IsDone)
        {
            if (center.World.Now >= _silentUntil) await Act();
            await center.World.Pass(TimeSpan.FromSeconds(1 + random.Below(6)));
        }
    }

    /// <summary>Live notices say nothing that <see cref="IAgentGrain.Get"/> does not, so they are not listened to.</summary>
    public void Notify(AgentNotice notice) { }

    private async Task Act()
    {
        var view = await _caller.Ask(() => Grain.Get());
        if (view.State.Sessions.All(session => session.SessionId != _session)) _session = "";
        if (_session.Length == 0)
        {
            if (!center.IsOpen || random.Below(10) == 0) await SignIn();
            return;
        }
        if (center.World.Now >= _nextBeat) await Beat();
        if (center.IsOpen) await Wander();
        else if (!view.State.ActivityAvailable) await Enter("available");
        foreach (var holding in view.Holdings)
        {
            if (holding.OfferId is { } offer) await Answer(holding.CaseId, offer);
            else await Work(holding.CaseId);
        }
    }

    private async Task SignIn()
    {
        _session = $"{id}-{(random.Below(3) == 0 ? "phone" : "desk")}-{++_number}";
        var activity = random.Below(4) == 0 ? null : "available";
        var session = _session;
        await Carry(command => Grain.SignIn(session, null, activity, command));
        await Beat();
    }

    private async Task Beat()
    {
        _nextBeat = center.World.Now.AddSeconds(10);
        if (_desk?.World != center.World) _desk = (center.World, center.World.Grains.CreateObjectReference<IAgentObserver>(this));
        await _caller.Ask(() => Grain.Heartbeat(_session));
        await _caller.Ask(async () =>
        {
            await Grain.Watch(_desk.Value.Reference);
            return true;
        }, static _ => null);
    }

    private async Task Wander()
    {
        var session = _session;
        switch (random.Below(200))
        {
            case 0: await Carry(command => Grain.SignOut(session, command)); break;
            case 1: _silentUntil = center.World.Now.AddSeconds(random.Below(200)); break;
            case < 8: await Enter(Activities[random.Below(Activities.Length)]); break;
            case 8:
                var second = $"{id}-second-{++_number}";
                await Carry(command => Grain.SignIn(second, null, null, command));
                break;
            case < 12: await Enter("available"); break;
        }
    }

    private Task Enter(string activity)
    {
        var session = _session;
        return Carry(command => Grain.SetActivity(session, activity, command));
    }

    private async Task Answer(string caseId, string offerId)
    {
        var session = _session;
        // Somebody who overlooks an offer does so until it rings out.
        if (!_minds.TryGetValue(offerId, out var mind)) _minds[offerId] = mind = center.IsOpen ? random.Below(10) : 0;
        if (mind < 6) await Twice(command => Grain.Accept(session, caseId, offerId, command));
        else if (mind < 8) await Twice(command => Grain.Decline(session, caseId, offerId, command));
    }

    /// <summary>Impatient people click twice.</summary>
    private Task Twice(Func<CommandContext, Task<CaseResult>> act)
    {
        if (random.Below(5) > 0) return Carry(act);
        var command = Command();
        return Keep(async () =>
        {
            var first = _caller.Ask(() => act(command));
            var both = await Task.WhenAll(first, _caller.Ask(() => act(command)));
            // Of two activations, the one that does not know of the first command may refuse the second.
            if (both[0].Refusal is null && both[1].Refusal is { } refusal && !center.MayBeSplit)
                throw new BrokenPromiseException($"A repeated command of {id} was refused: {refusal.Detail}");
        });
    }

    private Task Work(string caseId)
    {
        var until = center.World.Now.AddSeconds(30 + random.Below(600));
        switch (center.IsOpen ? random.Below(40) : 20)
        {
            case < 6:
                var reply = $"reply-{id}-{++_number}";
                return Carry<CaseAnswered>(caseId, (grain, command) => grain.Answer(id, reply, null, "buenas", command));
            case < 9:
                var waitFor = (WaitingFor)random.Below(3);
                DateTimeOffset? wake = random.Below(2) == 0 ? null : until;
                return Carry<CaseWaiting>(caseId, (grain, command) => grain.Wait(id, waitFor, wake, null, command));
            case 9: return Carry<CaseEscalated>(caseId, (grain, command) => grain.Escalate(id, "back office", until, null, command));
            case 10:
                var queue = RandomCenter.Queues[random.Below(RandomCenter.Queues.Length)];
                return Carry(command => center.World.Case(caseId).Transfer(id, queue, command));
            case 11: return Carry<NoteAdded>(caseId, (grain, command) => grain.AddNote(Ledger.NoteOn(caseId), command));
            case >= 20 and < 26: return Carry<CaseClosed>(caseId, (grain, command) => grain.Close(id, CloseKind.Handled, Rating.Positive, null, command));
            default: return Task.CompletedTask;
        }
    }

    /// <summary>A command that, where it is not refused, has written its event.</summary>
    private Task Carry<TEvent>(string caseId, Func<ICaseGrain, CommandContext, Task<CaseResult>> act) where TEvent : DomainEvent
    {
        var command = Command();
        return Keep(async () =>
        {
            var result = await _caller.Ask(() => act(center.World.Case(caseId), command));
            if (result.Refusal is null) center.Ledger.Acknowledged<TEvent>(command.CommandId!, caseId);
        });
    }

    private Task Carry(Func<CommandContext, Task<CaseResult>> act)
    {
        var command = Command();
        return Keep(() => _caller.Ask(() => act(command)));
    }

    private Task Carry(Func<CommandContext, Task<AgentResult>> act)
    {
        var command = Command();
        return Keep(() => _caller.Ask(() => act(command)));
    }

    private async Task Keep(Func<Task> ask)
    {
        _unanswered = ask;
        await ask();
        _unanswered = null;
    }

    private CommandContext Command() => new($"agent:{id}", $"{id}-command-{++_number}");
}
