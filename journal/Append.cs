using System.Collections.Immutable;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal;

/// <summary>One all-or-nothing write.</summary>
/// <param name="Streams">The streams with their expected versions; usually one.</param>
/// <param name="Changes">What the read models become, applied in order.</param>
/// <param name="Claims">Keys that must not have been claimed before.</param>
public sealed record Append(ImmutableArray<StreamAppend> Streams, ImmutableArray<ReadModelChange> Changes, ImmutableArray<Claim> Claims)
{
    public Append(StreamAppend stream, ImmutableArray<ReadModelChange> changes) : this([stream], changes, []) { }
}

/// <param name="ExpectedVersion">The version of the last event that the writer knows; 0 for a new stream.</param>
public sealed record StreamAppend(StreamId Stream, long ExpectedVersion, ImmutableArray<DomainEvent> Events);

/// <summary>A key that is claimed once and for all, such as a channel's message id.</summary>
/// <param name="Value">What whoever comes later is told.</param>
public sealed record Claim(string Key, string Value);

/// <summary>How an append ended.</summary>
public abstract record AppendResult
{
    private AppendResult() { }

    /// <summary>Durable.</summary>
    /// <param name="Position">The global position of its last event.</param>
    public sealed record Committed(long Position) : AppendResult;

    /// <summary>Somebody else has written to the stream. Nothing was written.</summary>
    public sealed record VersionConflict(StreamId Stream, long Expected, long Actual) : AppendResult;

    /// <summary>The key was claimed before. Nothing was written.</summary>
    public sealed record ClaimTaken(string Key, string Value) : AppendResult;

    /// <summary>Too much is waiting to be written, or the disk is full. Nothing was written.</summary>
    public sealed record Overloaded(TimeSpan RetryAfter, string Reason) : AppendResult;
}

/// <summary>A change of a read model. Each is absolute: the last one for a key wins.</summary>
public abstract record ReadModelChange
{
    private ReadModelChange() { }

    public sealed record PutCase(CaseRow Row) : ReadModelChange;

    public sealed record PutAgent(AgentRow Row) : ReadModelChange;

    /// <summary>A promise about time begins or moves.</summary>
    public sealed record PutDeadline(DeadlineRow Row) : ReadModelChange;

    /// <summary>A promise about time was kept, broken or cancelled.</summary>
    public sealed record RemoveDeadline(DeadlineOwner Owner, DeadlineKind Kind, string Key) : ReadModelChange;
}
