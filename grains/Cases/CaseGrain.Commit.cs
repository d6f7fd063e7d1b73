using System.Collections.Immutable;
using RoutingGrid.Grains.Storage;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Journal;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Grains.Cases;

internal sealed partial class CaseGrain
{
    /// <summary>Why nothing was written; the claim's value where somebody else has it.</summary>
    private sealed record Failure(Refusal Refusal, string? ClaimedBy = null);

    /// <summary>A case's events, and with them those of an agent or a customer, as one write.</summary>
    private Append WriteOf(CaseState before, CaseState after, ImmutableArray<DomainEvent> events, AgentWrite? agent, ImmutableArray<Claim> claims, StreamAppend? customer)
    {
        var streams = ImmutableArray.CreateBuilder<StreamAppend>(2);
        var changes = ImmutableArray.CreateBuilder<ReadModelChange>(3);
        streams.Add(new StreamAppend(new StreamId(StreamKind.Case, _workspace, _caseId), before.Version, events));
        JournalWrites.AddCase(changes, _workspace, _caseId, before, after);
        if (customer is not null) streams.Add(customer);
        if (agent is { Events.IsEmpty: false })
        {
            streams.Add(new StreamAppend(new StreamId(StreamKind.Agent, _workspace, agent.AgentId), agent.Version, agent.Events));
            if (agent.Rows is { } rows) JournalWrites.AddAgent(changes, _workspace, agent.AgentId, rows.Before, rows.After);
        }
        return new Append(streams.DrainToImmutable(), changes.DrainToImmutable(), claims);
    }

    /// <summary>What follows from how a write ended. Null: it was written.</summary>
    private Failure? Ended(AppendResult result, CaseState before, CaseState after, string? knows, bool agentTellsRouter)
    {
        switch (result)
        {
            case AppendResult.Committed:
                _state = after;
                news.Tell(_workspace, _caseId, before, after, knows, agentTellsRouter);
                if (after.Status == CaseStatus.Closed) Rest(after);
                return null;
            case AppendResult.ClaimTaken taken:
                return new Failure(Refusals.TryAgain, taken.Value);
            case AppendResult.VersionConflict conflict:
                if (conflict.Stream.Kind == StreamKind.Case) Forget();
                return new Failure(Refusals.TryAgain);
            default:
                return new Failure(Refusals.Of(result));
        }
    }

    /// <summary>Few closed cases are asked for again, and few of their customers write at once: those start from what is stored. A customer who was silent for long
    /// is not there any more, and is not to be woken.</summary>
    private void Rest(CaseState closed)
    {
        DeactivateOnIdle();
        if (Now - _heardAt < CustomerGrain.Remembered) news.ToCustomer(_workspace, closed.CustomerId);
    }

    /// <summary>Whoever comes next reads the state again. Called also where a write ended in an exception: its outcome is not known, so neither is the state.</summary>
    private void Forget()
    {
        _state = null;
        DeactivateOnIdle();
    }
}
