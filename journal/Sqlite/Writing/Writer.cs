using Microsoft.Extensions.Logging;
using RoutingGrid.Journal.Sqlite.Native;

namespace RoutingGrid.Journal.Sqlite.Writing;

/// <summary>The one who writes: takes what waits, commits it as a group, and has the waiters answered elsewhere.</summary>
/// <remarks>It is a thread, or, where <see cref="SqliteJournalOptions.Scheduler"/> is set, a turn there whenever something waits.</remarks>
internal sealed class Writer
{
    private const int MostBytes = 32 << 20;
    private const int Depths = 5;

    /// <summary>How long everybody's writes wait for those who still read what was erased. Beyond it the log is emptied as soon as they are done.</summary>
    private static readonly TimeSpan ReadersPatience = TimeSpan.FromMilliseconds(500);
    private readonly SqliteJournalOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly WriteQueue _queue;
    private readonly TaskScheduler? _scheduler;
    private readonly Checkpointer? _checkpointer;
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WriterSession? _session;
    private long _groups;
    private long _items;
    private long _lastGroupTicks;
    private bool _turnAsked;

    internal Writer(SqliteJournalOptions options, TimeProvider time, ILogger log)
    {
        (_options, _time, _log) = (options, time, log);
        _queue = new WriteQueue(options.QueueLimit);
        _scheduler = options.Scheduler;
        if (_scheduler is not null)
        {
            Open();
            return;
        }
        _checkpointer = new Checkpointer(options.Path, log);
        new Thread(Run) { IsBackground = true, Name = "journal writer" }.Start();
    }

    /// <summary>Completes when the file is open, or fails because it cannot be used.</summary>
    internal Task Opened => _opened.Task;

    internal SqliteJournalStatistics Statistics => new(Interlocked.Read(ref _groups), Interlocked.Read(ref _items));

    /// <summary>Puts it in the queue; null, or for how long to wait because the queue is full.</summary>
    internal TimeSpan? TryAdd(WriteItem item)
    {
        if (!_queue.TryAdd(item)) return TimeToDrain();
        if (_scheduler is not null) AskForTurn(_scheduler);
        return null;
    }

    /// <summary>Takes nothing more, writes what waits, and closes the file.</summary>
    internal Task Close()
    {
        _queue.Close();
        if (_scheduler is not null && !_ended.Task.IsCompleted)
        {
            while (WriteNext()) { }
            End();
        }
        return _ended.Task;
    }

    internal string FullQueue => $"{_queue.Limit:N0} appends wait to be written already ({nameof(SqliteJournalOptions.QueueLimit)}).";

    private void Run()
    {
        if (!Open()) return;
        while (_queue.Take(_options.GroupLimit, MostBytes) is { } group)
        {
            Write(group);
            TendLog();
        }
        End();
    }

    private bool Open()
    {
        try
        {
            _session = new WriterSession(_options, _time);
            // A process that died after an erasure may have left the log as it was.
            EmptyLog(_session, TimeSpan.Zero);
            _opened.SetResult();
            return true;
        }
        catch (Exception e)
        {
            _queue.Close();
            _checkpointer?.Dispose();
            _opened.SetException(FileTrouble.Explain(e, _options.Path));
            _ended.SetResult();
            return false;
        }
    }

    // What is added before the turn comes shares its group, as what is added while a thread commits shares the next one.
    private void AskForTurn(TaskScheduler scheduler)
    {
        if (_turnAsked) return;
        _turnAsked = true;
        new Task(
            () =>
            {
                _turnAsked = false;
                if (WriteNext() && !_queue.IsEmpty) AskForTurn(scheduler);
            },
            TaskCreationOptions.DenyChildAttach).Start(scheduler);
    }

    private bool WriteNext()
    {
        if (_queue.TryTake(_options.GroupLimit, MostBytes) is not { } group) return false;
        Write(group);
        TendLog();
        return true;
    }

    private void Write(List<WriteItem> group)
    {
        var start = _time.GetTimestamp();
        var (committing, erases) = (false, false);
        try
        {
            _session ??= new WriterSession(_options, _time);
            var mustAlready = _session.MustEmptyLog;
            _session.Begin();
            Touch(group);
            foreach (var item in group) item.Run(_session);
            _session.Flush();
            committing = true;
            _options.BeforeCommit?.Invoke();
            _session.Commit();
            // Who is told that somebody was erased finds nothing of them in the files.
            erases = _session.MustEmptyLog && !mustAlready;
        }
        catch (Exception e)
        {
            GiveUp(group, e, committing);
            return;
        }
        if (erases) EmptyLog(_session, ReadersPatience);
        Interlocked.Increment(ref _groups);
        Interlocked.Add(ref _items, group.Count);
        Volatile.Write(ref _lastGroupTicks, _time.GetElapsedTime(start).Ticks);
        Answer(group, static item => item.Complete());
    }

    // What the group brings was made by other cores. Fetching it all from there at once takes a fraction of fetching piece by piece, each when it is needed.
    private static int Touch(List<WriteItem> group)
    {
        var sum = 0;
        for (var depth = 0; depth < Depths; depth++)
            foreach (var item in group) sum += item.Touch(depth);
        return sum;
    }

    private void TendLog()
    {
        if (_session is { MustEmptyLog: true }) EmptyLog(_session, TimeSpan.Zero);
        if (_session is null || !(_checkpointer?.WantsTheRest(_session.LogPages) ?? _session.LogPages >= Checkpointer.StartPages)) return;
        try
        {
            _session.MoveLog();
        }
        catch (SqliteFailure e)
        {
            // What was committed stays in the log, and is read from there.
            _log.LogWarning(e, "The write-ahead log of {Path} could not be moved into the file.", _options.Path);
        }
        _checkpointer?.Done();
    }

    private void EmptyLog(WriterSession session, TimeSpan patience)
    {
        try
        {
            session.TryEmptyLog(patience);
        }
        catch (SqliteFailure e)
        {
            _log.LogWarning(e, "The write-ahead log of {Path} still has what was erased; the next commit tries again to empty it.", _options.Path);
        }
    }

    private void GiveUp(List<WriteItem> group, Exception cause, bool committing)
    {
        var failure = cause as SqliteFailure;
        var isCertain = !committing || failure is { IsFull: true };
        if (!TryRollback() && committing) isCertain = false;
        if (!isCertain)
        {
            // The commit may be in the log's file although the disk did not confirm it: only what a new connection finds counts.
            _log.LogError(
                cause, "It is not known whether a commit of {Count} writes to {Path} was made; opening the file anew.", group.Count, _options.Path);
            Reopen();
            Answer(group, item => item.Fail(new UnknownOutcomeException($"The commit to {_options.Path} failed, and it is not known whether it was made.", cause)));
        }
        else if (failure is { IsFull: true } or { IsInputOutput: true })
        {
            _log.LogError(cause, "{Count} writes to {Path} were refused.", group.Count, _options.Path);
            var reason = failure.IsFull ? $"The disk with {_options.Path} is full." : $"The disk with {_options.Path} cannot be written: {failure.Message}";
            Answer(group, item => item.Refuse(TimeSpan.FromSeconds(5), reason));
        }
        else if (group.Count == 1)
        {
            _log.LogError(cause, "A write to {Path} failed.", _options.Path);
            Answer(group, item => item.Fail(FileTrouble.Explain(cause, _options.Path)));
        }
        else
        {
            // One of them is to blame, and nobody knows which: each alone, so that it fails alone.
            foreach (var item in group) Write([item]);
        }
    }

    private bool TryRollback()
    {
        try
        {
            _session?.Rollback();
            return true;
        }
        catch (SqliteFailure e)
        {
            _log.LogError(
                e, "A failed group could not be undone on its connection to {Path}; opening the file anew, which undoes it.", _options.Path);
            Reopen();
            return false;
        }
    }

    // Where this fails too, the next group tries again.
    private void Reopen()
    {
        _session?.Dispose();
        _session = null;
    }

    private void End()
    {
        _checkpointer?.Dispose();
        try
        {
            _session?.EmptyLog();
            _session?.Dispose();
            _ended.SetResult();
        }
        catch (SqliteFailure e)
        {
            // All is in the log's file and will be read from there.
            _log.LogWarning(e, "The write-ahead log of {Path} was left as it is.", _options.Path);
            _session?.Dispose();
            _ended.SetResult();
        }
    }

    // Elsewhere, since waking hundreds of waiters takes as long as writing what they brought.
    private void Answer(List<WriteItem> group, Action<WriteItem> answer)
    {
        if (_scheduler is null)
            ThreadPool.UnsafeQueueUserWorkItem(static work => AnswerEach(work.group, work.answer), (group, answer), preferLocal: false);
        else
            new Task(() => AnswerEach(group, answer), TaskCreationOptions.DenyChildAttach).Start(_scheduler);
    }

    private static void AnswerEach(List<WriteItem> group, Action<WriteItem> answer)
    {
        foreach (var item in group) answer(item);
    }

    private TimeSpan TimeToDrain()
    {
        var groups = 1 + _queue.Limit / _options.GroupLimit;
        var estimate = TimeSpan.FromTicks(Volatile.Read(ref _lastGroupTicks) * groups);
        return TimeSpan.FromSeconds(Math.Clamp(estimate.TotalSeconds, 0.1, 5));
    }
}
