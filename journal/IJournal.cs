using RoutingGrid.Routing;

namespace RoutingGrid.Journal;

/// <summary>The durable history of every case, customer, agent and workspace, and the read models that follow it.</summary>
/// <remarks>
/// Appends from everywhere are committed in groups: whoever waits while a commit runs shares the next one. Each append
/// succeeds or fails alone. <see cref="AppendResult.Committed"/> means durable.
/// </remarks>
public interface IJournal : IAsyncDisposable
{
    /// <summary>Appends events to one or more streams with their read-model changes and claims, all or nothing.</summary>
    /// <remarks>
    /// Cancelling stops the waiting, not the commit. An exception means that the outcome is not known
    /// (<see cref="UnknownOutcomeException"/>): who gets it forgets what it believed of its streams and reads them again.
    /// </remarks>
    ValueTask<AppendResult> Append(Append append, CancellationToken cancel = default);

    /// <summary>The events of one stream with a version above <paramref name="after"/>, in order.</summary>
    ValueTask<IReadOnlyList<RecordedEvent>> ReadStream(StreamId stream, long after = 0, CancellationToken cancel = default);

    /// <summary>The first events of a stream: all of them, or at least so many. For who would read a long stream in another way.</summary>
    ValueTask<IReadOnlyList<RecordedEvent>> ReadBeginning(StreamId stream, int enough, CancellationToken cancel = default) => ReadStream(stream, 0, cancel);

    /// <summary>Every event with a global position above <paramref name="after"/>, in the order of positions.</summary>
    IAsyncEnumerable<RecordedEvent> ReadAll(long after = 0, CancellationToken cancel = default);

    /// <summary>Where the events end at this moment.</summary>
    ValueTask<JournalEnd> End(CancellationToken cancel = default);

    /// <summary>An event above a position, quickly: nearly always the next one; null: there is none. For who looks for a time, which grows with positions.</summary>
    async ValueTask<RecordedEvent?> Near(long after, CancellationToken cancel = default)
    {
        await foreach (var recorded in ReadAll(after, cancel)) return recorded;
        return null;
    }

    /// <summary>The read models.</summary>
    IReadModels Read { get; }

    /// <summary>Small named documents with etags, for snapshots and reminders.</summary>
    IDocuments Documents { get; }
}

/// <summary>Where the events end.</summary>
/// <param name="Taken">No event that was acknowledged by now has a higher position.</param>
/// <param name="Settled">Up to here <see cref="IJournal.ReadAll"/> leaves nothing out, and nothing will come in between. Lower than <paramref name="Taken"/>
/// only while transactions run beside each other.</param>
public readonly record struct JournalEnd(long Taken, long Settled);

/// <summary>What a stream is about.</summary>
public enum StreamKind { Case, Customer, Agent, Workspace, Access }

/// <summary>A stream of events with versions 1, 2, 3 …</summary>
public readonly record struct StreamId(StreamKind Kind, string Workspace, string Id)
{
    public override string ToString() => $"{Kind}/{Workspace}/{Id}";
}

/// <summary>An event where the journal has it.</summary>
/// <param name="Position">Its place among all events; later commits have higher ones.</param>
/// <param name="Version">Its place in its stream, from 1.</param>
public sealed record RecordedEvent(long Position, StreamId Stream, long Version, DomainEvent Event);

/// <summary>The journal was asked to write and cannot say whether it did.</summary>
public sealed class UnknownOutcomeException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The journal's file or server cannot be used as it is; the message says what to do.</summary>
public sealed class JournalUnusableException(string message, Exception? inner = null) : Exception(message, inner);
