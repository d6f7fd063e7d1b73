using RoutingGrid.Engine.Simulation;
using RoutingGrid.Journal;

namespace RoutingGrid.Simulation.Faults;

/// <summary>A journal on a disk that cannot be relied on, in a process that may die. What it says is true all the same: what it acknowledges
/// is written, what it refuses is not.</summary>
/// <param name="turns">Where writes go on that nobody waits for any more.</param>
public sealed class FaultyJournal(IJournal inner, JournalFaults faults, SeededRandom random, TimeProvider time, TaskScheduler turns, FaultLog log) : IJournal
{
    private enum Fate { Usual, Late, Overloaded, Failed, UnknownButWritten, UnknownAndLost, UnknownAndLater }

    private bool _isDead;

    public IReadModels Read { get; } = new LateReadModels(inner.Read, faults, random, time, log);

    public IDocuments Documents => inner.Documents;

    public async ValueTask<AppendResult> Append(Append append, CancellationToken cancel = default)
    {
        if (_isDead) await Never();
        switch (Draw())
        {
            case Fate.Late:
                await Delay(append, "is delayed");
                break;
            case Fate.Overloaded:
                Note("overloaded", append, "is refused: too much waits to be written");
                return new AppendResult.Overloaded(TimeSpan.FromSeconds(1), "Too much waits to be written.");
            case Fate.Failed:
                Note("failed", append, "fails, and nothing of it is written");
                throw new IOException("The disk refused the write, and nothing was written.");
            case Fate.UnknownButWritten:
                Note("unknown", append, "is made, and said to be of unknown outcome");
                await inner.Append(append, cancel);
                throw Unknown();
            case Fate.UnknownAndLost:
                Note("unknown", append, "is lost, and said to be of unknown outcome");
                throw Unknown();
            case Fate.UnknownAndLater:
                Note("unknown", append, "is said to be of unknown outcome, and comes later");
                _ = Task.Factory.StartNew(() => Later(append), CancellationToken.None, TaskCreationOptions.DenyChildAttach, turns);
                throw Unknown();
        }
        var result = await inner.Append(append, cancel);
        if (_isDead) await Never();
        return result;
    }

    public ValueTask<IReadOnlyList<RecordedEvent>> ReadStream(StreamId stream, long after = 0, CancellationToken cancel = default) =>
        inner.ReadStream(stream, after, cancel);

    public IAsyncEnumerable<RecordedEvent> ReadAll(long after = 0, CancellationToken cancel = default) => inner.ReadAll(after, cancel);

    public ValueTask<JournalEnd> End(CancellationToken cancel = default) => inner.End(cancel);

    /// <summary>The process that has this journal open is dead: it writes nothing more and is answered no more.</summary>
    public void Die() => _isDead = true;

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private Fate Draw()
    {
        if (time.GetUtcNow() >= faults.Until) return Fate.Usual;
        var draw = random.Below(100);
        if ((draw -= faults.Delayed) < 0) return Fate.Late;
        if ((draw -= faults.Overloaded) < 0) return Fate.Overloaded;
        if ((draw -= faults.Failed) < 0) return Fate.Failed;
        if ((draw -= faults.Unknown) >= 0) return Fate.Usual;
        return Fate.UnknownButWritten + random.Below(3);
    }

    private async Task Later(Append append)
    {
        await Wait(Draws());
        if (!_isDead) await inner.Append(append);
    }

    private async Task Delay(Append append, string what)
    {
        var wait = Draws();
        Note("delayed", append, FormattableString.Invariant($"{what} by {wait.TotalSeconds:0.0} s"));
        await Wait(wait);
        if (_isDead) await Never();
    }

    private TimeSpan Draws() => TimeSpan.FromMilliseconds(1 + random.Below((int)faults.Longest.TotalMilliseconds));

    private Task Wait(TimeSpan wait) => Task.Delay(wait, time);

    private void Note(string kind, Append append, string what) =>
        log.Add(time.GetUtcNow(), kind, $"A write of {string.Join(" and ", append.Streams.Select(Name))} {what}.");

    private static string Name(StreamAppend stream) =>
        $"{string.Join(", ", stream.Events.Select(happened => happened.GetType().Name))} to {stream.Stream.Kind.ToString().ToLowerInvariant()} {stream.Stream.Id}";

    private static UnknownOutcomeException Unknown() => new("The disk did not say whether the write was made.");

    private static Task Never() => new TaskCompletionSource().Task;
}
