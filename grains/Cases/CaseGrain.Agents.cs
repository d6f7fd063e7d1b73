using RoutingGrid.Grains.Storage;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Matching;

namespace RoutingGrid.Grains.Cases;

/// <summary>What agents' grains ask of a case. They have checked presence, activity and capacity, which they alone know.</summary>
internal sealed partial class CaseGrain
{
    public Task<CaseResult> MakeOffer(OfferRequest request) => Decide(
        CommandContext.System,
        (configuration, state) =>
        {
            var queue = QueueOf(configuration, state);
            return new CaseCommand.MakeOffer(
                request.OfferId, request.Agent, request.Epoch, request.Units, queue, configuration.Overflows(queue.Name),
                Now + configuration.OfferTimeout(queue, state.Channel), request.Again, request.Reason) { At = Now };
        },
        request.Write,
        agentTellsRouter: true);

    public Task<CaseResult> AcceptOffer(string offerId, AgentSettings agent, CommandContext context) => Decide(
        context,
        (configuration, state) => new CaseCommand.AcceptOffer(offerId, agent, QueueOf(configuration, state), configuration.Overflows(state.Queue)) { At = Now },
        new AgentWrite(agent.Id, 0, []));

    public Task<CaseResult> DeclineOffer(string offerId, string agentId, int epoch, CommandContext context) => Decide(
        context,
        (configuration, state) => new CaseCommand.DeclineOffer(offerId, agentId, epoch, Now.AddSeconds(QueueOf(configuration, state).DeclinedForSeconds)) { At = Now });

    public Task<CaseResult> EndOffer(string offerId, OfferEnd end, AgentWrite agent, CommandContext context) =>
        Decide(context, (_, _) => new CaseCommand.EndOffer(offerId, agent.AgentId, end) { At = Now }, agent);

    public async Task<CaseResult> Assign(AgentSettings agent, int units, bool excess, AgentWrite write, CommandContext context)
    {
        var (_, state, refused) = await Ready();
        if (refused is not null) return refused;
        if (!Eligibility.MayAnswerFrom(agent, state.Account))
            return new CaseResult(new Refusal(RefusalCode.AccountNotPermitted, $"{agent.Id} may not answer from account '{state.Account}'."), state);
        return await Carry(context, new CaseCommand.Assign(agent.Id, units, excess) { At = Now }, write);
    }

    public async Task<CaseResult> AgentLost(string agentId, CommandContext context)
    {
        var (configuration, state, refused) = await Ready();
        if (refused is not null) return refused;
        var queue = QueueToReturnTo(configuration!, state);
        var stays = queue.AgentLost == AgentLostPolicy.Stay && configuration!.Agent(agentId) is not null;
        if (state.Holder != agentId || stays) return new CaseResult(await IsBehind(state) ? Refusals.TryAgain : null, state);
        var back = new CaseCommand.SendToQueue(
            agentId, configuration!.PlaceAgain(queue, state, Now), QueuedBecause.AgentLost, TimeSpan.FromSeconds(queue.PreferSameAgentSeconds)) { At = Now };
        return await Carry(context, back);
    }
}
