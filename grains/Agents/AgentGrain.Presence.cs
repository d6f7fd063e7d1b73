using System.Collections.Immutable;
using RoutingGrid.Grains.Routing;
using RoutingGrid.Grains.Storage;
using RoutingGrid.GrainInterfaces.Agents;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Journal;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Grains.Agents;

/// <summary>Sessions, heartbeats, activities, and what follows when an agent is gone.</summary>
internal sealed partial class AgentGrain
{
    public async Task<AgentResult> SignIn(string sessionId, string? device, string? activity, CommandContext context)
    {
        var (configuration, _, refusal) = await Ready();
        if (refusal is not null) return Answer(refusal);
        ActivitySettings? entered = null;
        if (activity is not null && (entered = configuration!.Activity(activity)) is null) return Answer(ActivityUnknown(activity));
        var presence = configuration!.Settings.Presence;
        return Answer(await Carry(new AgentCommand.SignIn(sessionId, device, entered, presence) { At = Now, By = context.By, CommandId = context.CommandId }));
    }

    public async Task<AgentResult> Heartbeat(string sessionId) => Answer(await Hear(sessionId, acted: false));

    public async Task Acted(string sessionId) => await Hear(sessionId, acted: true);

    public async Task<AgentResult> SetActivity(string? sessionId, string activity, CommandContext context)
    {
        var (configuration, _, refusal) = await Ready();
        if (refusal is not null) return Answer(refusal);
        if (configuration!.Activity(activity) is not { } entered) return Answer(ActivityUnknown(activity));
        if (sessionId is not null && await Hear(sessionId, acted: true) is { } closed) return Answer(closed);
        var because = sessionId is null ? ActivityBecause.Supervisor : ActivityBecause.Chosen;
        return Answer(await Enter(new AgentCommand.SetActivity(entered, because) { At = Now, By = context.By, CommandId = context.CommandId }));
    }

    public async Task<AgentResult> SignOut(string? sessionId, CommandContext context)
    {
        var end = sessionId is null ? SessionEnd.ForcedOut : SessionEnd.SignedOut;
        var refused = await Carry(new AgentCommand.SignOut(sessionId, end) { At = Now, By = context.By, CommandId = context.CommandId });
        if (refused is null) await ReleaseWork();
        return Answer(refused);
    }

    public async Task Due(DeadlineKind kind, string key)
    {
        if (kind == DeadlineKind.OfferExpires)
        {
            await RingOut(key);
            return;
        }
        // A deadline that is not known here comes from an event that is not either: a write of unknown outcome may have been late.
        if (!AgentFold.Deadlines(_state).Any(deadline => deadline.Kind == kind && deadline.Key == key))
        {
            await CatchUp();
            await TellRouter();
        }
        if (kind == DeadlineKind.ReleaseWork)
        {
            await ReleaseWork();
            return;
        }
        if (await _configurations.Get(_workspace) is not { } configuration) return;
        await Carry(new AgentCommand.Due(kind, key, configuration.Settings.Presence) { At = Now });
        // A heartbeat may have moved it in memory; the clock asks again then.
        foreach (var deadline in AgentFold.Deadlines(_state))
            if (deadline.Kind == kind && deadline.Key == key) _deadlines.Watch(Owner, deadline);
        await ReleaseWork();
    }

    private DeadlineOwner Owner => new(DeadlineOwnerKind.Agent, _workspace, _agentId);

    private AgentWrite NoWrite => new(_agentId, _state.Version, []);

    private static Refusal ActivityUnknown(string activity) => new(RefusalCode.ActivityUnknown, $"The workspace has no activity '{activity}'.");

    /// <summary>A sign of life: null when the session lives.</summary>
    private async ValueTask<Refusal?> Hear(string sessionId, bool acted)
    {
        if (await _configurations.Get(_workspace) is not { } configuration) return Refusals.WorkspaceUnknown(_workspace);
        var presence = configuration.Settings.Presence;
        if (await Carry(new AgentCommand.Heard(sessionId, acted, presence) { At = Now }) is { } refused) return refused;
        _state = AgentDecisions.Touch(_state, sessionId, acted, Now, presence);
        return null;
    }

    /// <summary>Enters an activity; one that takes no work withdraws the offers that do not survive it.</summary>
    private async Task<Refusal?> Enter(AgentCommand.SetActivity command)
    {
        var refused = await Carry(command);
        if (refused is null && !command.Activity.Available && !command.Activity.KeepsOffers) await WithdrawOffers();
        return refused;
    }

    private async Task WithdrawOffers()
    {
        foreach (var offer in _hands.Offers.ToArray())
            Merge(offer.CaseId, await Ask(Case(offer.CaseId).EndOffer(offer.OfferId!, OfferEnd.Withdrawn, NoWrite, CommandContext.System)));
        await TellRouter();
    }

    /// <summary>Gives everything back when the agent is gone. What fails is tried again when the deadline comes, which stands until all is done.</summary>
    private async Task ReleaseWork()
    {
        if (_state.ReleaseWorkAt is not null) await GiveBack();
    }

    /// <summary>An agent who was configured away is signed out, and keeps nothing, whatever a queue says of those who come back.</summary>
    private async Task Leave()
    {
        await Carry(new AgentCommand.SignOut(null, SessionEnd.ForcedOut) { At = Now });
        await GiveBack();
    }

    private async Task GiveBack()
    {
        await LoadHands();
        var all = true;
        foreach (var holding in _hands.All)
        {
            var result = await Ask(holding.OfferId is { } offer
                ? Case(holding.CaseId).EndOffer(offer, OfferEnd.Withdrawn, NoWrite, CommandContext.System)
                : Case(holding.CaseId).AgentLost(_agentId, CommandContext.System));
            Merge(holding.CaseId, result);
            all &= result.Refusal?.Code is not (RefusalCode.Overloaded or RefusalCode.TryAgain);
        }
        if (all) await Carry(new AgentCommand.ConfirmRelease { At = Now });
        else await TellRouter();
    }

    /// <summary>Decides, commits to the agent's own stream, tells others; null: done.</summary>
    private async Task<Refusal?> Carry(AgentCommand command)
    {
        var decision = AgentDecisions.Decide(_state, command);
        if (decision.Refusal is { } refusal) return await IsBehind() ? Refusals.TryAgain : refusal;
        if (decision.Events.IsEmpty) return null;
        var after = AgentFold.Evolve(_state, decision.Events);
        var changes = ImmutableArray.CreateBuilder<ReadModelChange>();
        JournalWrites.AddAgent(changes, _workspace, _agentId, _state, after);
        AppendResult result;
        try
        {
            result = await _journal.Append(new Append(new StreamAppend(Stream, _state.Version, decision.Events), changes.DrainToImmutable()));
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
        if (result is not AppendResult.Committed)
        {
            if (result is AppendResult.VersionConflict) DeactivateOnIdle();
            return Refusals.Of(result);
        }
        await Became(after);
        return null;
    }

    /// <summary>Whether another activation has written since: a refusal must not rest on what is over.</summary>
    private async ValueTask<bool> IsBehind()
    {
        if ((await _journal.ReadStream(Stream, _state.Version)).Count == 0) return false;
        DeactivateOnIdle();
        return true;
    }

    /// <summary>Takes over a state that is durable.</summary>
    private async Task Became(AgentState after)
    {
        var before = _state;
        _state = after;
        if (after.ActivitySince > _hands.IdleSince && after.ActivityAvailable) _hands.IdleSince = after.ActivitySince;
        var old = AgentFold.Deadlines(before);
        foreach (var deadline in AgentFold.Deadlines(after))
            if (!old.Contains(deadline)) _deadlines.Watch(Owner, deadline);
        Notify(Notices.AgentChanged, null);
        await TellRouter();
    }
}
