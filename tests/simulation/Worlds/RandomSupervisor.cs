using RoutingGrid.Engine.Simulation;
using RoutingGrid.GrainInterfaces.Agents;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.GrainInterfaces.Live;
using RoutingGrid.GrainInterfaces.Workspaces;
using RoutingGrid.Journal;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Simulation.Tests.Worlds;

/// <summary>Interferes: gives cases to people, changes priorities, logs people out, watches the wallboard, and reconfigures the center while it works.</summary>
internal sealed class RandomSupervisor(SeededCenter center, SeededRandom random)
{
    private readonly Caller _caller = new(center, random);
    private int _number;

    public async Task Live()
    {
        while (center.IsOpen)
        {
            await center.World.Pass(TimeSpan.FromSeconds(5 + random.Below(60)));
            if (center.IsOpen) await Interfere();
        }
    }

    private async Task Interfere()
    {
        var agent = center.Configuration.Agents[random.Below(center.Configuration.Agents.Length)].Id;
        switch (random.Below(13))
        {
            case < 4 when await AnyCase(openOnly: random.Below(6) > 0) is { } id:
                var excess = random.Below(2) == 0;
                await Carry(command => center.World.Agent(agent).Assign(id, excess, command));
                break;
            case 4 when await AnyCase() is { } id:
                var (priorityClass, boost) = (random.Below(10), random.Below(3));
                await Carry(command => center.World.Case(id).ChangePriority(priorityClass, boost, command));
                break;
            case 5 when await AnyCase() is { } id:
                var queue = RandomCenter.Queues[random.Below(RandomCenter.Queues.Length)];
                await Carry(command => center.World.Case(id).Transfer(null, queue, command));
                break;
            case 6 when await AnyCase() is { } id:
                var kind = random.Below(2) == 0 ? CloseKind.Abandoned : CloseKind.Bulk;
                await Carry(command => center.World.Case(id).Close(null, kind, null, null, command));
                break;
            case 7 when await AnyCase() is { } id:
                var until = center.World.Now.AddSeconds(60);
                await Carry(command => center.World.Case(id).Wait(null, WaitingFor.Time, until, null, command));
                break;
            case 8: await Carry(command => center.World.Agent(agent).SignOut(null, command)); break;
            case 9:
                var activity = random.Below(2) == 0 ? "available" : "break";
                await Carry(command => center.World.Agent(agent).SetActivity(null, activity, command));
                break;
            case 10: await Reconfigure(RandomCenter.Change(random, center.Configuration)); break;
            case 11 when await AnyCase() is { } id: await _caller.Ask(() => center.World.Router.Explain(id), static _ => null); break;
            case 12: await _caller.Ask(() => center.World.Grains.GetGrain<IWallboardGrain>(center.World.Workspace).Get(), static _ => null); break;
        }
    }

    private async Task Reconfigure(WorkspaceConfiguration configuration)
    {
        var command = Command();
        var result = await _caller.Ask(() => center.World.Grains.GetGrain<IWorkspaceGrain>(center.World.Workspace).Configure(configuration, command), static result => result.Refusal);
        if (result.Refusal is { } refusal)
            throw new BrokenPromiseException($"{refusal.Detail} {string.Join("; ", result.Errors.Select(error => $"{error.Path}: {error.Message}"))}");
        center.Configuration = configuration;
    }

    private Task<CaseResult> Carry(Func<CommandContext, Task<CaseResult>> act)
    {
        var command = Command();
        return _caller.Ask(() => act(command));
    }

    private Task<AgentResult> Carry(Func<CommandContext, Task<AgentResult>> act)
    {
        var command = Command();
        return _caller.Ask(() => act(command));
    }

    private async Task<string?> AnyCase(bool openOnly = true)
    {
        var page = await center.World.Journal.Read.Cases(center.World.Workspace, new CaseFilter(OpenOnly: openOnly), null, 30);
        return page.Items.IsEmpty ? null : page.Items[random.Below(page.Items.Length)].CaseId;
    }

    private CommandContext Command() => new("supervisor", $"supervisor-command-{++_number}");
}
