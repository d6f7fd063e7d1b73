namespace RoutingGrid.Simulation.People;

/// <summary>Time that runs faster (or slower) than the time it is taken from: what takes a minute takes a minute of this time.</summary>
/// <remarks>Timers fire when this time has come, never before; below a millisecond of the underlying time there is no finer grain.</remarks>
public sealed class ScaledTimeProvider : TimeProvider
{
    private static readonly TimeSpan Finest = TimeSpan.FromMilliseconds(1);

    private readonly TimeProvider _underlying;
    private readonly DateTimeOffset _origin;
    private readonly long _startedAt;

    /// <param name="speed">Seconds of this time per second of the underlying one; above zero.</param>
    /// <param name="origin">What this clock shows now; null: what the underlying one shows.</param>
    public ScaledTimeProvider(TimeProvider underlying, double speed, DateTimeOffset? origin = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(speed);
        _underlying = underlying;
        Speed = speed;
        _origin = (origin ?? underlying.GetUtcNow()).ToUniversalTime();
        _startedAt = underlying.GetTimestamp();
    }

    public double Speed { get; }

    public override TimeZoneInfo LocalTimeZone => _underlying.LocalTimeZone;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _origin + Elapsed;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new ScaledTimer(this, callback, state, dueTime, period);

    private TimeSpan Elapsed => _underlying.GetElapsedTime(_startedAt) * Speed;

    /// <summary>So long in the underlying time, rounded up to what its timers can tell apart.</summary>
    private TimeSpan Underlying(TimeSpan time)
    {
        if (time <= TimeSpan.Zero) return time; // at once, or Timeout.InfiniteTimeSpan
        return Finest * Math.Ceiling(time / Speed / Finest);
    }

    /// <summary>The underlying timers may fire a little early, which the speed would make seconds: whoever is early waits for the rest.</summary>
    private sealed class ScaledTimer : ITimer
    {
        private readonly Lock _lock = new();
        private readonly ScaledTimeProvider _time;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private readonly ITimer _timer;
        private TimeSpan _dueAt;
        private TimeSpan _period;

        public ScaledTimer(ScaledTimeProvider time, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _time = time;
            _callback = callback;
            _state = state;
            _timer = time._underlying.CreateTimer(static timer => ((ScaledTimer)timer!).Fired(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Change(dueTime, period);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_lock)
            {
                _dueAt = dueTime == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : _time.Elapsed + dueTime;
                _period = period;
                return _timer.Change(_time.Underlying(dueTime), Timeout.InfiniteTimeSpan);
            }
        }

        public void Dispose() => _timer.Dispose();

        public ValueTask DisposeAsync() => _timer.DisposeAsync();

        private void Fired()
        {
            lock (_lock)
            {
                if (_dueAt == TimeSpan.MaxValue) return; // stopped while it fired
                var early = _dueAt - _time.Elapsed;
                if (early > TimeSpan.Zero)
                {
                    _timer.Change(_time.Underlying(early), Timeout.InfiniteTimeSpan);
                    return;
                }
                Next();
            }
            _callback(_state);
        }

        /// <summary>A period that is over already is skipped, so that a slow machine is not flooded with the past.</summary>
        private void Next()
        {
            if (_period <= TimeSpan.Zero)
            {
                _dueAt = TimeSpan.MaxValue;
                return;
            }
            var now = _time.Elapsed;
            _dueAt += _period * Math.Max(1, Math.Ceiling((now - _dueAt) / _period));
            _timer.Change(_time.Underlying(_dueAt - now), Timeout.InfiniteTimeSpan);
        }
    }
}
