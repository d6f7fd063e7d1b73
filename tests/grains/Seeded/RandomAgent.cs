using RoutingGrid.Engine.Simulation;
using RoutingGrid.GrainInterfaces.Agents;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Grains.Tests.Seeded;

/// <summary>Works as people do: accepts, declines, overlooks, takes breaks, loses the connection, goes home. After hours, works off what is left.</summary>
internal sealed class RandomAgent(SeededCenter center, string id, SeededRandom random)
{
    private static readonly string[] Activities = ["available", "available", "available", "busy", "break", "training"];

    private readonly Dictionary<string, int> _minds = [];
    private DateTimeOffset _silentUntil;
    private DateTimeOffset _nextBeat;
    private string _session = "";
    private int _number;

    private IAgentGrain Grain => center.World.Agent(id);

    public async Task Live()
    {
        await center.World.Pass(TimeSpan.FromSeconds(random.Below(120)));
        while (!center.IsDone)
        {
            if (center.World.Now >= _silentUntil) await Act();
            await center.World.Pass(TimeSpan.FromSeconds(1 + random.Below(6)));
        }
    }

    private async Task Act()
    {
        var view = await Grain.Get();
        if (view.State.Sessions.All(session => session.SessionId != _session)) _session = "";
        if (_session.Length == 0)
        {
            if (!center.IsOpen || random.Below(10) == 0) await SignIn();
            return;
        }
        if (center.World.Now >= _nextBeat)
        {
            _nextBeat = center.World.Now.AddSeconds(10);
            await Grain.Heartbeat(_session);
        }
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
        await Grain.SignIn(_session, null, random.Below(4) == 0 ? null : "available", Command());
    }

    private async Task Wander()
    {
        switch (random.Below(200))
        {
            case 0: await Grain.SignOut(_session, Command()); break;
            case 1: _silentUntil = center.World.Now.AddSeconds(random.Below(200)); break;
            case < 8: await Enter(Activities[random.Below(Activities.Length)]); break;
            case 8: await Grain.SignIn($"{id}-second-{++_number}", null, null, Command()); break;
            case < 12: await Enter("available"); break;
        }
    }

    private Task Enter(string activity) => Grain.SetActivity(_session, activity, Command());

    private async Task Answer(string caseId, string offerId)
    {
        // Somebody who overlooks an offer does so until it rings out.
        if (!_minds.TryGetValue(offerId, out var mind)) _minds[offerId] = mind = center.IsOpen ? random.Below(10) : 0;
        if (mind < 6) await Twice(command => Grain.Accept(_session, caseId, offerId, command));
        else if (mind < 8) await Twice(command => Grain.Decline(_session, caseId, offerId, command));
    }

    /// <summary>Impatient people click twice.</summary>
    private async Task Twice(Func<CommandContext, Task<CaseResult>> act)
    {
        var command = Command();
        var first = act(command);
        if (random.Below(5) > 0)
        {
            await first;
            return;
        }
        var both = await Task.WhenAll(first, act(command));
        if (both[0].Refusal is null && both[1].Refusal is { Code: not RefusalCode.TryAgain } refusal)
            throw new InvalidOperationException($"A repeated command of {id} was refused: {refusal.Detail}");
    }

    private async Task Work(string caseId)
    {
        var grain = center.World.Case(caseId);
        var until = center.World.Now.AddSeconds(30 + random.Below(600));
        switch (center.IsOpen ? random.Below(40) : 20)
        {
            case < 6: await grain.Answer(id, $"reply-{id}-{++_number}", null, "buenas", Command()); break;
            case < 9: await grain.Wait(id, (WaitingFor)random.Below(3), random.Below(2) == 0 ? null : until, null, Command()); break;
            case 9: await grain.Escalate(id, "back office", until, null, Command()); break;
            case 10: await grain.Transfer(id, RandomCenter.Queues[random.Below(RandomCenter.Queues.Length)], Command()); break;
            case 11: await grain.AddNote("note", Command()); break;
            case >= 20 and < 26: await grain.Close(id, CloseKind.Handled, Rating.Positive, null, Command()); break;
        }
    }

    private CommandContext Command() => new($"agent:{id}", $"{id}-command-{++_number}");
}
