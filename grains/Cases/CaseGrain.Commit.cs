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

    /// <summary>Writes a case's events, and with them those of an agent or a customer, all or nothing. Null: written.</summary>
    private async ValueTask<Failure?> Commit(
        CaseState before, ImmutableArray<DomainEvent> events, ImmutableArray<AgentWrite> agents, ImmutableArray<Claim> claims, StreamAppend? customer = null,
        bool agentTellsRouter = false)
    {
        var after = CaseFold.Evolve(before, events);
        var streams = ImmutableArray.CreateBuilder<StreamAppend>(2);
        var changes = ImmutableArray.CreateBuilder<ReadModelChange>(3);
        streams.Add(new StreamAppend(new StreamId(StreamKind.Case, _workspace, _caseId), before.Version, events));
        JournalWrites.AddCase(changes, _workspace, _caseId, before, after);
        if (customer is not null) streams.Add(customer);
        foreach (var agent in agents)
        {
            if (agent.Events.IsEmpty) continue;
            streams.Add(new StreamAppend(new StreamId(StreamKind.Agent, _workspace, agent.AgentId), agent.Version, agent.Events));
            if (agent.Rows is { } rows) JournalWrites.AddAgent(changes, _workspace, agent.AgentId, rows.Before, rows.After);
        }
        AppendResult result;
        try
        {
            result = await journal.Append(new Append(streams.DrainToImmutable(), changes.DrainToImmutable(), claims));
        }
        catch (Exception)
        {
            // The outcome is not known, so neither is the state: whoever comes next reads it again.
            Forget();
            throw;
        }
        switch (result)
        {
            case AppendResult.Committed:
                _state = after;
                news.Tell(_workspace, _caseId, before, after, agents.IsEmpty ? null : agents[0].AgentId, agentTellsRouter);
                // Few closed cases are asked for again; those that are start from their row.
                if (after.Status == CaseStatus.Closed) DeactivateOnIdle();
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

    private void Forget()
    {
        _state = null;
        DeactivateOnIdle();
    }
}
