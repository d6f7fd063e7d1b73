using RoutingGrid.Journal.Personal;
using RoutingGrid.Routing.Customers;

namespace RoutingGrid.Journal.Memory;

/// <summary>A journal that lives as long as its process: for simulation, tests and measurements. Appends complete at once.</summary>
/// <remarks>
/// Thread-safe. One short lock orders the appends, since positions are one sequence; reading events takes no lock. Driven
/// from one thread it does the same in every process: nothing depends on the order of a hash table.
/// </remarks>
public sealed class MemoryJournal : IJournal
{
    private readonly Dictionary<StreamId, Subject> _subjects = new(new ByText());
    private readonly Dictionary<string, WorkspaceIndex> _workspaces = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _claims = new(StringComparer.Ordinal);
    private readonly EventLog _log = new();
    private Subject?[] _named = new Subject?[4];
    private bool _anyErased;

    public MemoryJournal()
    {
        for (var i = 0; i < Shards.Length; i++) Shards[i] = new DeadlineShard();
        Read = new MemoryReadModels(this);
        Documents = new MemoryDocuments();
    }

    public IReadModels Read { get; }

    public IDocuments Documents { get; }

    internal Lock Gate { get; } = new();

    internal DeadlineShard[] Shards { get; } = new DeadlineShard[DeadlineRow.Shards];

    public ValueTask<AppendResult> Append(Append append, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        AppendRules.Check(append);
        lock (Gate) return new ValueTask<AppendResult>(Refusal(append) ?? Commit(append));
    }

    public ValueTask<IReadOnlyList<RecordedEvent>> ReadStream(StreamId stream, long after = 0, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        lock (Gate)
        {
            if (Known(stream) is not { } subject) return new([]);
            var positions = subject.PositionsAfter(after);
            var events = new RecordedEvent[positions.Length];
            for (var i = 0; i < events.Length; i++) events[i] = _log.At(positions[i]);
            return new(events);
        }
    }

    public IAsyncEnumerable<RecordedEvent> ReadAll(long after = 0, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        return Above(after, cancel).ToAsyncEnumerable();
    }

    public ValueTask<JournalEnd> End(CancellationToken cancel = default)
    {
        var last = _log.Count;
        return new(new JournalEnd(last, last));
    }

    public ValueTask DisposeAsync() => default;

    /// <summary>With the lock: the subject of a stream, made where there is none.</summary>
    internal Subject Subject(StreamId stream)
    {
        if (_subjects.TryGetValue(stream, out var subject)) return subject;
        if (Workspace(stream.Workspace) is not { } workspace)
            _workspaces[stream.Workspace] = workspace = new WorkspaceIndex(stream.Workspace);
        return _subjects[stream] = new Subject(stream, workspace);
    }

    /// <summary>With the lock: the subject of a stream, if it was ever named.</summary>
    internal Subject? Known(StreamId stream) => _subjects.GetValueOrDefault(stream);

    /// <summary>With the lock.</summary>
    internal WorkspaceIndex? Workspace(string name) => _workspaces.GetValueOrDefault(name);

    /// <summary>With the lock.</summary>
    internal string? Claimed(string key) =>
        _claims.TryGetValue(key, out var value) || (_anyErased && _claims.TryGetValue(ErasedClaim.KeyOf(key), out value)) ? value : null;

    /// <summary>With the lock: in the order of names.</summary>
    internal IReadOnlyList<string> Configured() =>
        [.. _workspaces.Values.Where(w => w.IsConfigured).Select(w => w.Workspace).Order(StringComparer.Ordinal)];

    private AppendResult? Refusal(Append append)
    {
        if (_named.Length < append.Streams.Length) _named = new Subject?[append.Streams.Length];
        for (var i = 0; i < append.Streams.Length; i++)
        {
            var stream = append.Streams[i];
            var actual = (_named[i] = Known(stream.Stream))?.Version ?? 0;
            if (actual != stream.ExpectedVersion) return new AppendResult.VersionConflict(stream.Stream, stream.ExpectedVersion, actual);
        }
        foreach (var claim in append.Claims)
            if (Claimed(claim.Key) is { } value) return new AppendResult.ClaimTaken(claim.Key, value);
        return null;
    }

    private AppendResult.Committed Commit(Append append)
    {
        var position = _log.Count;
        for (var i = 0; i < append.Streams.Length; i++)
        {
            var subject = _named[i] ??= Subject(append.Streams[i].Stream);
            foreach (var happened in append.Streams[i].Events) _log.Write(++position, subject, subject.Advance(position), happened);
            if (subject.Stream.Kind == StreamKind.Workspace) subject.Workspace.IsConfigured |= subject.Version > 0;
        }
        foreach (var claim in append.Claims) _claims[claim.Key] = claim.Value;
        if (append.Erasure is { } erasure) Erase(append, erasure);
        foreach (var change in append.Changes) Apply(change, append.Streams.Length);
        _log.Publish(position);
        return new AppendResult.Committed(position);
    }

    // Nothing is sealed where nothing is kept: events are replaced by what a store without the key would read.
    private void Erase(Append append, Erasure erasure)
    {
        for (var i = 0; i < append.Streams.Length; i++)
        {
            if (append.Streams[i].Stream.Kind is not (StreamKind.Customer or StreamKind.Case)) continue;
            foreach (var position in _named[i]!.PositionsAfter(0)) _log.Replace(position, PersonalData.Remove(_log.At(position).Event, erasure.Pseudonym));
        }
        _subjects.Remove(erasure.Customer, out var customer);
        customer!.Rename(erasure.Pseudonym);
        _subjects[customer.Stream] = customer;
        foreach (var claim in erasure.Claims)
            if (_claims.Remove(claim.Key)) _claims[ErasedClaim.KeyOf(claim.Key)] = claim.Value;
        ((MemoryDocuments)Documents).Remove(SnapshotDocuments.Customer, SnapshotDocuments.CustomerKey(erasure.Customer.Workspace, erasure.Customer.Id));
        _anyErased = true;
    }

    private void Apply(ReadModelChange change, int streams)
    {
        switch (change)
        {
            case ReadModelChange.PutCase put:
                var subject = Named(new StreamId(StreamKind.Case, put.Row.Workspace, put.Row.CaseId), streams);
                subject.Workspace.PutCase(subject, put.Row, this);
                break;
            case ReadModelChange.PutAgent put:
                var agent = Named(new StreamId(StreamKind.Agent, put.Row.Workspace, put.Row.AgentId), streams);
                agent.Workspace.PutAgent(agent, put.Row);
                break;
            case ReadModelChange.PutDeadline put:
                PutDeadline(Named(OwnerStream(put.Row.Owner), streams), put.Row);
                break;
            case ReadModelChange.RemoveDeadline remove:
                RemoveDeadline(Named(OwnerStream(remove.Owner), streams), remove);
                break;
        }
    }

    // Nearly every change is about a stream of the same append: comparing two texts is cheaper than hashing one.
    private Subject Named(StreamId stream, int streams)
    {
        for (var i = 0; i < streams; i++)
            if (_named[i]!.Stream == stream) return _named[i]!;
        return Subject(stream);
    }

    private void PutDeadline(Subject owner, DeadlineRow row)
    {
        var shard = Shards[DeadlineRow.ShardOf(row.Owner)];
        var running = Find(owner, row.Kind, row.Key);
        if (running is null) (owner.Deadlines ??= []).Add(running = new RunningDeadline(row));
        else shard.Remove(running);
        running.Row = row;
        shard.Add(running);
    }

    private void RemoveDeadline(Subject owner, ReadModelChange.RemoveDeadline remove)
    {
        if (Find(owner, remove.Kind, remove.Key) is not { } running) return;
        Shards[DeadlineRow.ShardOf(remove.Owner)].Remove(running);
        owner.Deadlines!.Remove(running);
    }

    private static RunningDeadline? Find(Subject owner, Routing.Cases.DeadlineKind kind, string key)
    {
        if (owner.Deadlines is not { } deadlines) return null;
        foreach (var deadline in deadlines)
            if (deadline.Row.Kind == kind && deadline.Row.Key == key) return deadline;
        return null;
    }

    private static StreamId OwnerStream(DeadlineOwner owner) =>
        new(owner.Kind == DeadlineOwnerKind.Case ? StreamKind.Case : StreamKind.Agent, owner.Workspace, owner.Id);

    private IEnumerable<RecordedEvent> Above(long after, CancellationToken cancel)
    {
        for (var position = after + 1; position <= _log.Count; position++)
        {
            cancel.ThrowIfCancellationRequested();
            yield return _log.At(position);
        }
    }

    private sealed class ByText : IEqualityComparer<StreamId>
    {
        public bool Equals(StreamId x, StreamId y) => x.Id == y.Id && x.Kind == y.Kind && x.Workspace == y.Workspace;

        public int GetHashCode(StreamId stream) => stream.Id.GetHashCode() * 31 + stream.Workspace.GetHashCode() * 7 + (int)stream.Kind;
    }
}
