namespace RoutingGrid.Engine.Simulation;

/// <summary>A timer in virtual time. Knows its place among the timers, so that changing it costs little.</summary>
internal sealed class SimulatedTimer(SimulatedTime time, TimerKind kind, TimerCallback callback, object? state, bool isTask) : ITimer
{
    /// <summary>When it is due, in ticks, and in which order timers due at the same time were set.</summary>
    public long DueAt;
    public long Order;

    /// <summary>Index in the heap; -1 when not set.</summary>
    public int Place = -1;

    private TimeSpan _period;

    public TimerKind Kind { get; private set; } = kind;

    /// <summary>The callback runs as a task of the simulation, so that what it awaits comes back to it.</summary>
    public bool IsTask => isTask;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _period = period == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : period;
        if (_period != Timeout.InfiniteTimeSpan)
        {
            Kind = TimerKind.Periodic;
        }

        time.Set(this, dueTime);
        return true;
    }

    public void Dispose() => time.Set(this, Timeout.InfiniteTimeSpan);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    public void Fire()
    {
        if (_period != Timeout.InfiniteTimeSpan)
        {
            time.Set(this, _period);
        }

        callback(state);
    }
}
