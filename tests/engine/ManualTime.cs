namespace RoutingGrid.Engine.Tests;

/// <summary>A clock that stands until a test moves it. Timers fire on the thread that moves it.</summary>
public sealed class ManualTime : TimeProvider
{
    private const int MostReadings = 1000;

    [ThreadStatic] private static int t_readings;

    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(DateTimeOffset When, TaskCompletionSource Set)> _awaited = [];
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            // Task.Delay takes whole milliseconds. A timer's callback that waits for the rest of one, as Orleans' DelayUntilAsync does, reads the clock until
            // it has moved: no clock that it is made for stands still meanwhile.
            if (t_readings > 0 && ++t_readings > MostReadings)
            {
                _now += TimeSpan.FromMicroseconds(1);
            }

            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock on, firing what becomes due, in order.</summary>
    public void Advance(TimeSpan by)
    {
        DateTimeOffset end = GetUtcNow() + by;
        while (Next(end) is { } timer)
        {
            timer.Fire();
        }

        lock (_gate)
        {
            _now = end > _now ? end : _now;
        }
    }

    /// <summary>Completes when a timer is due at that very time: whoever sets it may be on another thread.</summary>
    public Task HasTimerAt(DateTimeOffset when)
    {
        lock (_gate)
        {
            if (_timers.Exists(timer => timer.DueAt == when))
            {
                return Task.CompletedTask;
            }

            var set = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((when, set));
            return set.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }
    }

    /// <summary>True when a timer is due within that time.</summary>
    public bool HasTimerWithin(TimeSpan span)
    {
        lock (_gate)
        {
            return _timers.Exists(timer => timer.DueAt <= _now + span);
        }
    }

    private ManualTimer? Next(DateTimeOffset end)
    {
        lock (_gate)
        {
            ManualTimer? next = _timers.Where(timer => timer.DueAt <= end).MinBy(timer => timer.DueAt);
            if (next is not null)
            {
                _now = next.DueAt > _now ? next.DueAt : _now;
                next.Rearm(_now);
            }

            return next;
        }
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset DueAt { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                _period = period;
                time._timers.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    DueAt = time._now + dueTime;
                    time._timers.Add(this);
                    time._awaited.RemoveAll(awaited => awaited.When == DueAt && awaited.Set.TrySetResult());
                }
            }

            return true;
        }

        public void Rearm(DateTimeOffset now)
        {
            time._timers.Remove(this);
            if (_period > TimeSpan.Zero)
            {
                DueAt = now + _period;
                time._timers.Add(this);
            }
        }

        public void Fire()
        {
            t_readings = 1;
            try
            {
                callback(state);
            }
            finally
            {
                t_readings = 0;
            }
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
