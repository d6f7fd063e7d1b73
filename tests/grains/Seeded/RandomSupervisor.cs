using RoutingGrid.Engine.Simulation;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.GrainInterfaces.Workspaces;
using RoutingGrid.Journal;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Grains.Tests.Seeded;

/// <summary>Interferes: gives cases to people, changes priorities, logs people out, and reconfigures the center while it works.</summary>
internal sealed class RandomSupervisor(SeededCenter center, SeededRandom random)
{
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
        var agent = center.World.Agent(center.Configuration.Agents[random.Below(center.Configuration.Agents.Length)].Id);
        switch (random.Below(12))
        {
            case < 4 when await AnyCase(openOnly: random.Below(6) > 0) is { } id: await agent.Assign(id, random.Below(2) == 0, Command()); break;
            case 4 when await AnyCase() is { } id: await center.World.Case(id).ChangePriority(random.Below(10), random.Below(3), Command()); break;
            case 5 when await AnyCase() is { } id: await center.World.Case(id).Transfer(null, RandomCenter.Queues[random.Below(RandomCenter.Queues.Length)], Command()); break;
            case 6 when await AnyCase() is { } id: await center.World.Case(id).Close(null, random.Below(2) == 0 ? CloseKind.Abandoned : CloseKind.Bulk, null, null, Command()); break;
            case 7 when await AnyCase() is { } id: await center.World.Case(id).Wait(null, WaitingFor.Time, center.World.Now.AddSeconds(60), null, Command()); break;
            case 8: await agent.SignOut(null, Command()); break;
            case 9: await agent.SetActivity(null, random.Below(2) == 0 ? "available" : "break", Command()); break;
            case 10: await Reconfigure(RandomCenter.Change(random, center.Configuration)); break;
            case 11 when await AnyCase() is { } id: await center.World.Router.Explain(id); break;
        }
    }

    private async Task Reconfigure(WorkspaceConfiguration configuration)
    {
        var result = await center.World.Grains.GetGrain<IWorkspaceGrain>(center.World.Workspace).Configure(configuration, Command());
        if (result.Refusal is { } refusal) throw new InvalidOperationException($"{refusal.Detail} {string.Join("; ", result.Errors.Select(error => $"{error.Path}: {error.Message}"))}");
        center.Configuration = configuration;
    }

    private async Task<string?> AnyCase(bool openOnly = true)
    {
        var page = await center.World.Journal.Read.Cases(center.World.Workspace, new CaseFilter(OpenOnly: openOnly), null, 30);
        return page.Items.IsEmpty ? null : page.Items[random.Below(page.Items.Length)].CaseId;
    }

    private CommandContext Command() => new("supervisor", $"supervisor-command-{++_number}");
}
