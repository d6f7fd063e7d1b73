using RoutingGrid.GrainInterfaces;
using RoutingGrid.GrainInterfaces.Agents;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Bench.Lifecycle;

/// <summary>Who hears of what agents do.</summary>
internal interface ILives
{
    IGrainFactory Grains { get; }

    /// <summary>A case was offered: the first half of the way is done.</summary>
    void Offered(string caseId);

    /// <summary>A case was closed, or something on the way failed.</summary>
    void Ended(bool well);
}

/// <summary>An agent who does at once whatever there is to do, and hears of it as a desktop does.</summary>
internal sealed class LifeAgent(ILives load, string workspace, string agentId) : IAgentObserver
{
    private readonly IAgentGrain _grain = load.Grains.GetGrain<IAgentGrain>(GrainKeys.Of(workspace, agentId));

    public async Task SignIn()
    {
        await _grain.Watch(load.Grains.CreateObjectReference<IAgentObserver>(this));
        await _grain.SignIn(agentId, null, "available", CommandContext.System);
    }

    public void Notify(AgentNotice notice)
    {
        if (notice is not { Type: "offer.made", Holding: { OfferId: { } offerId } holding }) return;
        load.Offered(holding.CaseId);
        _ = Task.Run(() => Handle(holding.CaseId, offerId));
    }

    private async Task Handle(string caseId, string offerId)
    {
        try
        {
            var context = new CommandContext("agent:" + agentId, null);
            var well = (await _grain.Accept(agentId, caseId, offerId, context)).Refusal is null;
            var grain = load.Grains.GetGrain<ICaseGrain>(GrainKeys.Of(workspace, caseId));
            well = well && (await grain.Answer(agentId, "r-" + caseId, null, "Se la envío ahora mismo por correo.", context)).Refusal is null;
            well = well && (await grain.Close(agentId, CloseKind.Handled, Rating.Positive, null, context)).Refusal is null;
            load.Ended(well);
        }
        catch (Exception error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            load.Ended(well: false);
        }
    }
}
