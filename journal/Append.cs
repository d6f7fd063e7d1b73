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

    /// <summary>A customer whose personal data is destroyed with this write.</summary>
    public Erasure? Erasure { get; init; }
}

/// <summary>Destroys a customer's key, and takes their personal data out of what is not sealed with it.</summary>
/// <param name="Customer">One of the append's streams. From then on it has the pseudonym for its name.</param>
/// <param name="Claims">Claims whose keys are personal: they are kept under a hash of the key, and say this.</param>
/// <remarks>Of the append's other streams and of the rows that it changes, nothing personal is left either. The writer names all of the customer's cases.</remarks>
public sealed record Erasure(StreamId Customer, string Pseudonym, ImmutableArray<Claim> Claims);

/// <summary>Events that are added to a stream.</summary>
/// <remarks>Their personal data is sealed with the customer's key. Whose a case is, is said by its opening or by the row that comes with the events; where neither
/// does, nobody is known whose key it were, and they are stored as they are.</remarks>
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

    /// <summary>A promise about time begins or moves. That of an offer never moves: it is put once.</summary>
    public sealed record PutDeadline(DeadlineRow Row) : ReadModelChange;

    /// <summary>A promise about time was kept, broken or cancelled.</summary>
    /// <param name="DueAt">When an offer's was due (<see cref="DeadlineKind.OfferExpires"/>), which is how a store finds it. Others are found by their key.</param>
    public sealed record RemoveDeadline(DeadlineOwner Owner, DeadlineKind Kind, string Key, DateTimeOffset? DueAt = null) : ReadModelChange;
}
