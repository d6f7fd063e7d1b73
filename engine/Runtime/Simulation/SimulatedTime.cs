namespace RoutingGrid.Engine.Simulation;

/// <summary>Virtual time. It stands still while anything can run, and then jumps to the next timer that is due.</summary>
internal sealed class SimulatedTime : TimeProvider
{
    private readonly int[] _set = new int[3];
    private SimulatedTimer[] _heap = new SimulatedTimer[64];
    private int _count;
    private long _order;
    private long _now;

    public SimulatedTime(DateTimeOffset start) => _now = start.UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>The time of the next timer; <see cref="long.MaxValue"/> for none.</summary>
    public long Next => _count == 0 ? long.MaxValue : _heap[0].DueAt;

    public long Now => _now;

    public int CountOf(TimerKind kind) => _set[(int)kind];

    public override DateTimeOffset GetUtcNow() => new(_now, TimeSpan.Zero);

    public override long GetTimestamp() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(this, TimerKind.Once, callback, state, isTask: true);
        timer.Change(dueTime, period);
        return timer;
    }

    public ITimer CreateEngineTimer(TimerKind kind, TimerCallback callback, object? state) => new SimulatedTimer(this, kind, callback, state, isTask: false);

    /// <summary>Moves the clock on, never back.</summary>
    public void MoveTo(long ticks) => _now = Math.Max(_now, ticks);

    /// <summary>Takes the next timer if it is due and was set before this moment began.</summary>
    public SimulatedTimer? TakeDue(long lastOrder)
    {
        if (_count == 0 || _heap[0].DueAt > _now || _heap[0].Order > lastOrder)
        {
            return null;
        }

        SimulatedTimer timer = _heap[0];
        Remove(timer);
        return timer;
    }

    public long LastOrder => _order;

    public void Set(SimulatedTimer timer, TimeSpan dueTime)
    {
        if (timer.Place >= 0)
        {
            Remove(timer);
        }

        if (dueTime == Timeout.InfiniteTimeSpan)
        {
            return;
        }

        timer.DueAt = _now + Math.Max(0, dueTime.Ticks);
        timer.Order = ++_order;
        if (_count == _heap.Length)
        {
            Array.Resize(ref _heap, _count * 2);
        }

        _set[(int)timer.Kind]++;
        Up(timer, _count++);
    }

    private void Remove(SimulatedTimer timer)
    {
        int place = timer.Place;
        timer.Place = -1;
        _set[(int)timer.Kind]--;
        SimulatedTimer last = _heap[--_count];
        _heap[_count] = null!;
        if (!ReferenceEquals(last, timer))
        {
            Down(last, place);
            Up(last, last.Place);
        }
    }

    private void Up(SimulatedTimer timer, int place)
    {
        while (place > 0)
        {
            int parent = (place - 1) / 2;
            if (!IsBefore(timer, _heap[parent]))
            {
                break;
            }

            Put(_heap[parent], place);
            place = parent;
        }

        Put(timer, place);
    }

    private void Down(SimulatedTimer timer, int place)
    {
        while (true)
        {
            int child = (place * 2) + 1;
            if (child >= _count)
            {
                break;
            }

            if (child + 1 < _count && IsBefore(_heap[child + 1], _heap[child]))
            {
                child++;
            }

            if (!IsBefore(_heap[child], timer))
            {
                break;
            }

            Put(_heap[child], place);
            place = child;
        }

        Put(timer, place);
    }

    private void Put(SimulatedTimer timer, int place)
    {
        _heap[place] = timer;
        timer.Place = place;
    }

    private static bool IsBefore(SimulatedTimer left, SimulatedTimer right) =>
        left.DueAt < right.DueAt || (left.DueAt == right.DueAt && left.Order < right.Order);
}
