using RoutingGrid.Grains.Cases;
using RoutingGrid.GrainInterfaces.Agents;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Matching;

namespace RoutingGrid.Grains.Agents;

/// <summary>Offers: reserved here, recorded by the case in one write with this agent's stream.</summary>
internal sealed partial class AgentGrain
{
    public async Task Propose(Proposal proposal, CaseToOffer offer)
    {
        var (configuration, profile, refusal) = await Ready();
        // The router believes that the case waits. Perhaps it is right, and news of it was lost.
        if (_hands.Has(proposal.CaseId)) await LoadHands();
        refusal ??= NotNow(profile!, configuration!.Units(offer.Channel), offer, proposal.CaseId);
        CaseState? state = null;
        if (refusal is null)
        {
            var reserved = new CapacityReserved { At = Now, CaseId = proposal.CaseId };
            var after = AgentFold.Evolve(_state, reserved);
            // The row is a start for the next activation; between two of them the stream is enough.
            var rows = after.Version % RowEvery == 0 ? new AgentRows(_state, after) : null;
            var result = await Ask(Case(proposal.CaseId).MakeOffer(new OfferRequest
            {
                OfferId = $"{_agentId}-{after.Version}",
                Agent = profile!,
                Write = new AgentWrite(_agentId, _state.Version, [reserved], rows),
                Epoch = _state.AvailabilityEpoch,
                Units = configuration!.Units(offer.Channel),
                Again = offer.Again,
                Reason = proposal.Reason.ToString(),
            }));
            (refusal, state) = (result.Refusal, result.State);
            if (refusal is null) _state = after;
            else if (refusal.Code == RefusalCode.TryAgain) DeactivateOnIdle();
            Merge(proposal.CaseId, result);
        }
        _ = _router.ProposalAnswered(proposal.CaseId, ViewOf(profile), refusal, state);
    }

    public async Task<CaseResult> Accept(string sessionId, string caseId, string offerId, CommandContext context)
    {
        var (configuration, profile, refusal) = await Ready();
        refusal ??= await Hear(sessionId, acted: true) ?? MayNotAccept(configuration!);
        if (refusal is not null) return await RefuseUnlessDone(refusal, caseId, context);
        CaseResult result;
        try
        {
            // As Ask does; this call is one of two that every case makes.
            result = await Case(caseId).AcceptOffer(offerId, profile!, context);
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
        return await MergeAndTell(caseId, result);
    }

    public async Task<CaseResult> Decline(string sessionId, string caseId, string offerId, CommandContext context)
    {
        if (await Hear(sessionId, acted: true) is { } refusal) return await RefuseUnlessDone(refusal, caseId, context);
        return await MergeAndTell(caseId, await Ask(Case(caseId).DeclineOffer(offerId, _agentId, _state.AvailabilityEpoch, context)));
    }

    public async Task<CaseResult> Assign(string caseId, bool excess, CommandContext context)
    {
        var (configuration, profile, refusal) = await Ready();
        if (refusal is null && _state.Presence == Presence.Offline) refusal = new Refusal(RefusalCode.AgentOffline, $"{_agentId} is signed out: a case cannot be given to them.");
        if (refusal is not null) return await RefuseUnlessDone(refusal, caseId, context);
        var state = (await Case(caseId).Get()).State;
        if (state.Status == CaseStatus.None) return Refuse(new Refusal(RefusalCode.CaseUnknown, $"There is no case '{caseId}'."));
        var units = configuration!.Units(state.Channel);
        var full = _hands.Has(caseId) ? null : NoRoom(profile!, state.Channel, units);
        if (full is not null && !excess) return new CaseResult(full, state);
        var reserved = new CapacityReserved { At = Now, CaseId = caseId };
        var result = await Ask(Case(caseId).Assign(profile!, units, full is not null, new AgentWrite(_agentId, _state.Version, [reserved]), context));
        // A repeated assignment writes nothing, and the stream does not advance: only the journal knows.
        if (result.Refusal?.Code == RefusalCode.TryAgain) DeactivateOnIdle();
        if (result.Refusal is not null) return await MergeAndTell(caseId, result);
        Merge(caseId, result);
        await CatchUp();
        await TellRouter();
        return result;
    }

    private const int RowEvery = 64;

    /// <summary>An offer's time is over: it ends, and its agent stops taking work, in one write.</summary>
    private async Task RingOut(string key)
    {
        var slash = key.LastIndexOf('/');
        var (caseId, offerId) = (key[..slash], key[(slash + 1)..]);
        if (await _configurations.Get(_workspace) is not { } configuration) return;
        var held = _hands.Find(caseId);
        var activity = configuration.Queue(held?.Queue ?? "")?.RonaActivity is { } name && configuration.Activity(name) is { } rona ? rona : AgentDecisions.Unavailable;
        var rang = AgentDecisions.Decide(_state, new AgentCommand.SetActivity(activity, ActivityBecause.RangOut) { At = Now });
        var after = AgentFold.Evolve(_state, rang.Events);
        var write = new AgentWrite(_agentId, _state.Version, rang.Events, rang.Events.IsEmpty ? null : new AgentRows(_state, after));
        var result = await Ask(Case(caseId).EndOffer(offerId, OfferEnd.TimedOut, write, CommandContext.System));
        await MergeAndTell(caseId, result);
        if (result.Refusal?.Code == RefusalCode.TryAgain) DeactivateOnIdle();
        if (result.Refusal is not null || !RangOut(result.State, offerId)) return;
        await Became(after);
        await WithdrawOffers();
    }

    private static bool RangOut(CaseState state, string offerId) => state.EndedOffers.Any(offer => offer.OfferId == offerId && offer.End == OfferEnd.TimedOut);

    /// <summary>Why this agent cannot have the case now, by what they do and hold.</summary>
    private Refusal? NotNow(AgentSettings profile, int units, CaseToOffer offer, string caseId)
    {
        if (_state.Presence != Presence.Connected) return new Refusal(RefusalCode.AgentOffline, $"{_agentId} is {_state.Presence}.");
        if (!_state.ActivityAvailable) return new Refusal(RefusalCode.AgentUnavailable, $"{_agentId} is in activity '{_state.Activity}'.");
        if (!Eligibility.MayAnswerFrom(profile, offer.Account)) return new Refusal(RefusalCode.AccountNotPermitted, $"{_agentId} may not answer from account '{offer.Account}'.");
        if (_hands.Has(caseId)) return new Refusal(RefusalCode.OffersExhausted, $"{_agentId} has this case or an offer of it already.");
        return NoRoom(profile, offer.Channel, units);
    }

    private Refusal? NoRoom(AgentSettings profile, string channel, int units)
    {
        var load = _hands.Load;
        return Eligibility.Room(profile, channel, units, load.Units, load.Of(channel)) is { } full
            ? new Refusal(RefusalCode.NoCapacity, $"{_agentId} has no capacity for another case: {full}.")
            : null;
    }

    /// <summary>An agent may accept while taking work, or in an activity that pending offers survive.</summary>
    private Refusal? MayNotAccept(CompiledConfiguration configuration)
    {
        if (_state.Presence != Presence.Connected) return new Refusal(RefusalCode.AgentOffline, $"{_agentId} is {_state.Presence}.");
        return _state.ActivityAvailable || configuration.Activity(_state.Activity) is { KeepsOffers: true }
            ? null
            : new Refusal(RefusalCode.AgentUnavailable, $"{_agentId} is in activity '{_state.Activity}', in which no offer can be accepted.");
    }

    /// <summary>A call that ends in an exception may have been carried out: this activation no longer knows its own stream.</summary>
    private async Task<CaseResult> Ask(Task<CaseResult> call)
    {
        try
        {
            return await call;
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }

    private static CaseResult Refuse(Refusal refusal) => new(refusal, CaseState.None);

    /// <summary>What this agent may not do now, they may have done before: a retry after a lost answer is told of what was done.</summary>
    private async Task<CaseResult> RefuseUnlessDone(Refusal refusal, string caseId, CommandContext context)
    {
        if (context.CommandId is not { } command) return Refuse(refusal);
        var known = await Ask(Case(caseId).Get());
        return known.State.RecentCommands.Contains(command) ? await MergeAndTell(caseId, known) : Refuse(refusal);
    }

    private async Task<CaseResult> MergeAndTell(string caseId, CaseResult result)
    {
        if (Merge(caseId, result) == Taken.OtherWeight) await TellRouter();
        return result;
    }

    /// <summary>What a case answers is the newest news of it.</summary>
    private Taken Merge(string caseId, CaseResult result) =>
        result.State.Status == CaseStatus.None ? Taken.Nothing : Merge(Holdings.Of(caseId, result.State, _agentId));

    private Taken Merge(Holding holding)
    {
        var taken = _hands.Take(holding, Now);
        if (taken != Taken.Nothing) Notify(Notices.Of(holding), holding);
        return taken;
    }
}
