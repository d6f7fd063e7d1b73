using Microsoft.Extensions.Logging;
using Npgsql;
using RoutingGrid.Journal.Personal;
using RoutingGrid.Journal.Postgres.Leadership;

namespace RoutingGrid.Journal.Postgres.Writing;

/// <summary>One of the loops that write: takes what waits in its queue, commits it as a group, and has the waiters answered
/// elsewhere.</summary>
internal sealed class Lane(int number, LaneQueues queues, Server server, Leader? leader, KnownNumbers numbers, CustomerKeys keys, PostgresJournalOptions options, TimeProvider time, ILogger log)
{
    private const int MostBytes = 16 << 20;
    private const int MostAttempts = 20;

    // Where keys are claimed again, as by who repeats their messages, asking is cheaper than writing twice.
    private const int GroupsThatAskForClaims = 100;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(100);
    private LaneSession? _session;
    private int _askForClaims;
    private int _lossesSeen;
    private long _lastWrite;
    private long _groups;
    private long _writes;
    private long _lastGroupTicks;

    internal PostgresJournalStatistics Statistics => new(Interlocked.Read(ref _groups), Interlocked.Read(ref _writes));

    internal TimeSpan LastGroup => TimeSpan.FromTicks(Interlocked.Read(ref _lastGroupTicks));

    /// <summary>Runs until the queue is closed and empty.</summary>
    internal async Task Run()
    {
        while (await queues.Take(number, options.GroupLimit, MostBytes) is { } group)
        {
            var start = time.GetTimestamp();
            await Write(group);
            queues.Done(group);
            Interlocked.Exchange(ref _lastGroupTicks, time.GetElapsedTime(start).Ticks);
        }
        await Drop();
    }

    private async Task Write(List<PendingAppend> group)
    {
        var plan = new GroupPlan(group);
        var (lookUp, began) = (false, time.GetTimestamp());
        if (_askForClaims > 0) _askForClaims--;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                _session ??= await LaneSession.Open(server.Lanes, numbers, keys, leader?.Epoch, options.BeforeCommit);
                await EndLostWrites(_session);
                if (numbers.IsAlone && time.GetElapsedTime(_lastWrite) >= options.ProbeAfter) await _session.Probe();
                await _session.Write(plan, new LaneCare(lookUp, _askForClaims > 0));
                _lastWrite = time.GetTimestamp();
                Interlocked.Increment(ref _groups);
                Interlocked.Add(ref _writes, group.Count);
                Answer(group, static append => append.Complete());
                return;
            }
            catch (Exception cause)
            {
                lookUp |= ServerTrouble.IsKnownName(cause);
                if (ServerTrouble.IsClaimed(cause)) _askForClaims = GroupsThatAskForClaims;
                var trouble = await Undo(cause);
                if (trouble is not Trouble.Again || ServerTrouble.IsAnotherStory(cause)) ForgetAll();
                if (trouble is Trouble.Again && attempt < MostAttempts) continue;
                if (trouble is Trouble.Lost && time.GetElapsedTime(began) < options.Patience)
                {
                    await Task.Delay(BetweenAttempts, time);
                    continue;
                }
                await GiveUp(group, cause, trouble);
                return;
            }
        }
    }

    /// <summary>What to make of a failure. Afterwards nothing of the group is in the database, or null: nobody knows.</summary>
    private async Task<Trouble?> Undo(Exception cause)
    {
        if (_session is null) return Trouble.Lost;
        var trouble = ServerTrouble.Judge(cause, _session.IsOpen);
        if (trouble is Trouble.Lost && _session.IsCommitting)
        {
            await Drop();
            return null;
        }
        try
        {
            if (trouble is Trouble.Lost || !_session.IsOpen || ServerTrouble.SpoilsSession(cause)) await Drop();
            else await _session.Rollback();
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
        {
            // The server refused the group already, and undoes it by itself when the connection is gone.
            log.LogWarning(e, "A connection to {Place} was lost while a refused group was undone.", server.Place);
            await Drop();
        }
        return trouble;
    }

    private async Task GiveUp(List<PendingAppend> group, Exception cause, Trouble? trouble)
    {
        var why = ServerTrouble.Explain(cause, server.Place);
        switch (trouble)
        {
            case null:
                log.LogError(cause, "It is not known whether a commit of {Count} appends was made. {Why}", group.Count, why);
                Answer(group, append => append.Fail(new UnknownOutcomeException($"The commit was sent, and no answer came. {why}", cause)));
                break;
            case Trouble.TakenOver:
                var refusal = leader!.LearnTakenOver();
                Answer(group, append => append.Fail(refusal));
                break;
            case Trouble.Refused when group.Count > 1:
                // One of them is to blame, and nobody knows which: by halves, until it fails alone.
                await Write(group[..(group.Count / 2)]);
                await Write(group[(group.Count / 2)..]);
                break;
            case Trouble.Refused:
                log.LogError(cause, "An append failed. {Why}", why);
                Answer(group, append => append.Fail(new JournalUnusableException($"The append was not written. {why}", cause)));
                break;
            default:
                log.LogError(cause, "{Count} appends were refused. {Why}", group.Count, why);
                Answer(group, append => append.Refuse(TimeSpan.FromSeconds(trouble is Trouble.Again ? 0.1 : 5), why));
                break;
        }
    }

    private async Task EndLostWrites(LaneSession session)
    {
        if (!numbers.IsAlone || numbers.Losses is var losses && losses == _lossesSeen) return;
        await session.EndWrites();
        _lossesSeen = losses;
    }

    // What was remembered may be of another database, or of a transaction of which nobody knows whether it was committed.
    private void ForgetAll()
    {
        numbers.AddLoss();
        numbers.Forget();
        keys.Forget();
    }

    private async Task Drop()
    {
        if (_session is not { } session) return;
        _session = null;
        await session.DisposeAsync();
    }

    // Elsewhere, since waking hundreds of waiters takes as long as writing what they brought.
    private static void Answer(List<PendingAppend> group, Action<PendingAppend> answer) =>
        ThreadPool.UnsafeQueueUserWorkItem(
            static work =>
            {
                foreach (var append in work.group) work.answer(append);
            },
            (group, answer),
            preferLocal: false);
}
