using System.Collections.Immutable;

namespace RoutingGrid.Journal;

/// <summary>What is done to a durable journal that no server uses at the time.</summary>
public interface IJournalMaintenance
{
    /// <summary>Reads everything that is stored, and tells what is not as it was written: damaged pages, wrong checksums, gaps in versions (and in positions,
    /// where the store leaves none), events that this version cannot read. Goes on after each.</summary>
    /// <param name="progress">Events read so far.</param>
    IAsyncEnumerable<Damage> Inspect(IProgress<long>? progress = null, CancellationToken cancel = default);

    /// <summary>Throws the rows and deadlines away and makes them again from the events, in one transaction: as it was, or as it must be.</summary>
    /// <param name="progress">Streams done so far.</param>
    /// <exception cref="OperationCanceledException">Nothing was changed.</exception>
    Task<Rebuilt> Rebuild(IProgress<long>? progress = null, CancellationToken cancel = default);
}

/// <summary>Something in a store that is not as it was written.</summary>
/// <param name="Position">The event at which it was found; null where it belongs to none.</param>
public sealed record Damage(long? Position, string What);

/// <summary>What a rebuild has written.</summary>
public sealed record Rebuilt(long Cases, long Agents, long Deadlines);

/// <summary>The rows that a stream's events make.</summary>
internal static class StreamRows
{
    /// <summary>Puts for a case or an agent; nothing for other streams, which have no rows.</summary>
    public static ImmutableArray<ReadModelChange> Of(StreamId stream, IEnumerable<RecordedEvent> events)
    {
        var changes = ImmutableArray.CreateBuilder<ReadModelChange>();
        switch (stream.Kind)
        {
            case StreamKind.Case:
                var found = events.Aggregate(Routing.Cases.CaseState.None, static (state, recorded) => Routing.Cases.CaseFold.Evolve(state, recorded.Event));
                JournalWrites.AddCase(changes, stream.Workspace, stream.Id, Routing.Cases.CaseState.None, found);
                break;
            case StreamKind.Agent:
                var agent = events.Aggregate(Routing.Agents.AgentState.None, static (state, recorded) => Routing.Agents.AgentFold.Evolve(state, recorded.Event));
                JournalWrites.AddAgent(changes, stream.Workspace, stream.Id, Routing.Agents.AgentState.None, agent);
                break;
        }
        return changes.DrainToImmutable();
    }
}
