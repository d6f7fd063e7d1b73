using RoutingGrid.Journal.Codec;
using RoutingGrid.Journal.Personal;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Postgres.Writing;

/// <summary>An append that waits for its turn, with everything that can be computed before.</summary>
internal sealed class PendingAppend
{
    private readonly TaskCompletionSource<AppendResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly EncodedAppend _encoded;
    private readonly CustomerKeys? _keys;

    /// <param name="keys">Told what became of the keys; null where none are used.</param>
    /// <exception cref="ArgumentException">An event has no stored name, the whole is too large, or a name is no text to PostgreSQL.</exception>
    internal PendingAppend(Append append, Sealing sealing, CustomerKeys? keys)
    {
        (Append, Sealing, _keys) = (append, sealing, keys);
        (Subjects, SubjectOf) = SubjectsOf(append, sealing);
        ErasedClaims = append.Claims.IsEmpty ? [] : [.. append.Claims.Select(claim => ErasedClaim.KeyOf(claim.Key))];
        CheckTexts();
        _encoded = new EncodedAppend(append, sealing, bodiesOfOpenCases: false);
        Streams = new GroupStream[Subjects.Length];
    }

    internal Append Append { get; }

    internal Sealing Sealing { get; }

    /// <summary>For each claim, its key if the customer who had it was erased.</summary>
    internal string[] ErasedClaims { get; }

    /// <summary>Everything it is about: first its streams, then the owners of rows and deadlines that it changes, then customers who get a key. Each once.</summary>
    internal StreamId[] Subjects { get; }

    /// <summary>For each change, the index of its subject.</summary>
    internal int[] SubjectOf { get; }

    /// <summary>The subjects as all have them who are about the same ones.</summary>
    internal GroupStream[] Streams { get; }

    internal Task<AppendResult> Done => _done.Task;

    internal int Size => _encoded.Size;

    internal AppendResult? Result { get; set; }

    internal ReadOnlyMemory<byte> EventsOf(int stream) => _encoded.EventsMemory(stream);

    internal ReadOnlyMemory<byte> BodyOf(int change) => _encoded.BodyMemory(change, Append.Changes[change]);

    internal CaseState StateOf(int change) => ((ReadModelChange.PutCase)Append.Changes[change]).Row.State;

    internal CaseFacts FactsOf(int change) => _encoded.FactsOf(change);

    internal void Complete()
    {
        _encoded.Dispose();
        if (Result is AppendResult.Committed) _keys?.Committed(Append, Sealing);
        else _keys?.Refused(Sealing);
        _done.TrySetResult(Result!);
    }

    internal void Refuse(TimeSpan retryAfter, string reason)
    {
        _encoded.Dispose();
        _done.TrySetResult(new AppendResult.Overloaded(retryAfter, reason));
    }

    internal void Fail(Exception exception)
    {
        _encoded.Dispose();
        _done.TrySetException(exception);
    }

    private void CheckTexts()
    {
        foreach (var subject in Subjects)
        {
            Texts.Check(subject.Workspace);
            Texts.Check(subject.Id);
        }
        foreach (var claim in Append.Erasure is null ? Append.Claims : Append.Claims.AddRange(Append.Erasure.Claims))
        {
            Texts.Check(claim.Key);
            Texts.Check(claim.Value);
        }
        foreach (var change in Append.Changes)
        {
            if (change is ReadModelChange.PutDeadline deadline) Texts.Check(deadline.Row.Key);
            if (change is ReadModelChange.RemoveDeadline removed) Texts.Check(removed.Key);
            if (change is not ReadModelChange.PutCase { Row.State: var state }) continue;
            Texts.Check(state.Queue);
            Texts.Check(state.CustomerId);
            if (state.Holder is not null) Texts.Check(state.Holder);
            foreach (var offer in state.Offers) Texts.Check(offer.AgentId);
        }
    }

    private static (StreamId[] Subjects, int[] SubjectOf) SubjectsOf(Append append, Sealing sealing)
    {
        var subjects = new List<StreamId>(append.Streams.Length + 1);
        foreach (var stream in append.Streams) subjects.Add(stream.Stream);
        var of = append.Changes.IsEmpty ? [] : new int[append.Changes.Length];
        for (var i = 0; i < of.Length; i++)
        {
            var subject = SubjectOfChange(append.Changes[i]);
            of[i] = subjects.IndexOf(subject);
            if (of[i] >= 0) continue;
            of[i] = subjects.Count;
            subjects.Add(subject);
        }
        foreach (var key in sealing.Keys)
            if (key.IsNew && !subjects.Contains(key.Customer)) subjects.Add(key.Customer);
        return ([.. subjects], of);
    }

    private static StreamId SubjectOfChange(ReadModelChange change) => change switch
    {
        ReadModelChange.PutCase put => new StreamId(StreamKind.Case, put.Row.Workspace, put.Row.CaseId),
        ReadModelChange.PutAgent put => new StreamId(StreamKind.Agent, put.Row.Workspace, put.Row.AgentId),
        ReadModelChange.PutDeadline put => OwnerStream(put.Row.Owner),
        ReadModelChange.RemoveDeadline remove => OwnerStream(remove.Owner),
        _ => throw new ArgumentException($"{change.GetType().Name} is no change that this journal knows.", nameof(change)),
    };

    private static StreamId OwnerStream(DeadlineOwner owner) =>
        new(owner.Kind == DeadlineOwnerKind.Case ? StreamKind.Case : StreamKind.Agent, owner.Workspace, owner.Id);
}
