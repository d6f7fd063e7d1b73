using Microsoft.Extensions.Logging;

namespace RoutingGrid.Journal.History.Following;

/// <summary>Reads what the journal has committed and hands it to the tables, batch by batch. Each batch carries the position that it reaches, so nothing is
/// counted twice or missed, whenever the process dies.</summary>
internal sealed class Follower(IJournal journal, IHistoryTables tables, HistoryOptions options, TimeProvider time, ILogger log)
{
    private const long BetweenTold = 1_000_000;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(5);
    private readonly StepFold _fold = new(journal, options.Remembered);
    private readonly ArchivedCases _archived = new(journal, tables);
    private readonly SemaphoreSlim _turn = new(1);
    private Followed? _followed;
    private long _told;
    private long _reached = -1;

    /// <summary>Told after each batch how far it has come.</summary>
    internal IProgress<long>? Progress { get; set; }

    /// <summary>Follows until everything that was acknowledged before the call is in the tables.</summary>
    internal async ValueTask CatchUp(CancellationToken cancel)
    {
        var target = (await journal.End(cancel)).Taken;
        if (Interlocked.Read(ref _reached) >= target) return;
        using var patience = new CancellationTokenSource(options.Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        try
        {
            await Reach(target, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new HistoryBehindException(await Behind(cancel), options.Patience);
        }
    }

    /// <summary>How many events there are still to follow, about.</summary>
    internal async ValueTask<long> Behind(CancellationToken cancel) =>
        Math.Max(0, (await journal.End(cancel)).Taken - (Volatile.Read(ref _followed)?.Position ?? 0));

    /// <summary>As <see cref="CatchUp"/>, for as long as it takes.</summary>
    internal async Task CatchUpPatiently(CancellationToken cancel)
    {
        var target = (await journal.End(cancel)).Taken;
        if (Interlocked.Read(ref _reached) < target) await Reach(target, cancel);
    }

    /// <summary>Takes out of searches what was archived since that was last done.</summary>
    internal async ValueTask ForgetArchived(CancellationToken cancel) => await Alone(async () =>
    {
        await _archived.Forget(cancel);
        return true;
    }, cancel);

    /// <summary>Has nothing followed while something else is done to the tables.</summary>
    internal async ValueTask<T> Alone<T>(Func<ValueTask<T>> act, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            return await act();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Empties the tables and follows from the first event on.</summary>
    internal ValueTask<bool> StartAnew(CancellationToken cancel) => Alone(async () =>
    {
        Forget();
        await tables.Clear(cancel);
        return true;
    }, cancel);

    private async Task Reach(long target, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            while (Interlocked.Read(ref _reached) < target)
            {
                var settled = (await journal.End(cancel)).Settled;
                await Pass(target, cancel);
                if (settled >= target) Interlocked.Exchange(ref _reached, Math.Max(target, _followed!.Position));
                // A transaction that began before still runs, and what it writes may come before what was acknowledged.
                else await Task.Delay(BetweenLooks, time, cancel);
            }
        }
        catch
        {
            // What is remembered may be ahead of the tables.
            Forget();
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task Pass(long target, CancellationToken cancel)
    {
        do
        {
            _followed ??= await Begin(cancel);
        }
        while (!await Pass(_followed, target, cancel));
    }

    /// <summary>False where somebody else followed meanwhile.</summary>
    private async ValueTask<bool> Pass(Followed from, long target, CancellationToken cancel)
    {
        var steps = new List<HistoryStep>();
        await foreach (var recorded in journal.ReadAll(from.Position, cancel))
        {
            steps.Add(await _fold.Step(recorded, cancel));
            if (steps.Count < options.BatchLimit) continue;
            if (!await Write(steps, cancel)) return false;
            steps.Clear();
            if (recorded.Position >= target) return true;
        }
        return steps.Count == 0 || await Write(steps, cancel);
    }

    private async ValueTask<bool> Write(List<HistoryStep> steps, CancellationToken cancel)
    {
        options.BeforeBatch?.Invoke();
        var after = Followed.Of(steps[^1].Recorded);
        await _archived.Mark(steps, cancel);
        // A batch that was begun is ended: whoever waited for it may have gone, and the next one would do it again.
        if (await tables.Write(_followed!, after, steps, CancellationToken.None))
        {
            _followed = after;
            Tell(after.Position);
            cancel.ThrowIfCancellationRequested();
            return true;
        }
        Forget();
        return false;
    }

    /// <summary>Where the tables are; from nothing, where they are about another journal than this one.</summary>
    private async ValueTask<Followed> Begin(CancellationToken cancel)
    {
        var followed = await tables.Followed(cancel);
        if (await WhyAnother(followed, cancel) is { } why)
        {
            log.LogWarning("The history is built anew: {Why}", why);
            await tables.Clear(cancel);
            followed = Followed.Nothing;
        }
        // Who archived may have died before it was told here.
        if (followed.Position == 0) await _archived.Begin(cancel);
        else await _archived.Forget(cancel);
        return followed;
    }

    private async ValueTask<string?> WhyAnother(Followed followed, CancellationToken cancel)
    {
        if (followed.Position == 0) return null;
        var end = (await journal.End(cancel)).Taken;
        if (followed.Position > end) return $"it has followed {followed.Position:N0} events, and the journal has {end:N0}. Was an older journal restored?";
        if (await _archived.WhyAnother(cancel) is { } other) return other;
        await foreach (var recorded in journal.ReadAll(followed.Position - 1, cancel))
            return recorded.Position == followed.Position && Followed.Of(recorded) != followed
                ? $"event {followed.Position:N0} is not the one that it has followed. Was another journal restored?"
                : null;
        return null;
    }

    // Who starts anew with a large journal, or was away for long, is seen to come on.
    private void Tell(long position)
    {
        Progress?.Report(position);
        if (position / BetweenTold == _told) return;
        _told = position / BetweenTold;
        log.LogInformation("The history has followed {Events:N0} events.", position);
    }

    private void Forget()
    {
        _fold.Clear();
        _followed = null;
        Interlocked.Exchange(ref _reached, -1);
    }
}
