using Orleans.Runtime;
using RoutingGrid.Engine.CodeGeneration;
using RoutingGrid.Engine.Activations;

namespace RoutingGrid.Engine.Timers;

/// <summary>A grain timer: when it is due it sends its activation a tick, and the tick's end starts the next period.</summary>
internal abstract class GrainTimer : IGrainTimer
{
    private readonly CancellationTokenSource _ended = new();
    private readonly Activation _activation;
    private readonly GrainTimerCreationOptions _options;
    private readonly ITimer _timer;
    private TimeSpan _dueTime;
    private TimeSpan _period;
    private bool _ticking;
    private bool _changed;

    protected GrainTimer(Activation activation, GrainTimerCreationOptions options)
    {
        _activation = activation;
        _options = options;
        Check(options.DueTime, nameof(options.DueTime));
        Check(options.Period, nameof(options.Period));
        _dueTime = options.DueTime;
        _period = options.Period;
        TimerKind kind = options.Period == Timeout.InfiniteTimeSpan ? TimerKind.Once : TimerKind.Periodic;
        _timer = activation.Engine.CreateTimer(kind, static timer => ((GrainTimer)timer!).OnDue(), this);
        activation.AddTimer(this);
        _timer.Change(_dueTime, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Calls the grain back.</summary>
    protected abstract Task Tick(CancellationToken ended);

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, nameof(dueTime));
        Check(period, nameof(period));
        _changed = true;
        _dueTime = dueTime;
        _period = period;
        if (!_ticking && !_ended.IsCancellationRequested)
        {
            _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        if (!_ended.IsCancellationRequested)
        {
            _ended.Cancel();
            _timer.Dispose();
            _activation.RemoveTimer(this);
        }
    }

    /// <summary>Its activation was killed. The token stays as it is: cancelling it would run what the grain hung on it.</summary>
    internal void Abandon() => _timer.Dispose();

    internal Task Run()
    {
        // A tick that was sent before the timer ended comes all the same, with a token that says so: as in Orleans.
        _changed = false;
        return Tick(_ended.Token);
    }

    internal void OnTicked()
    {
        _ticking = false;
        if (!_ended.IsCancellationRequested)
        {
            _timer.Change(_changed ? _dueTime : _period, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnDue()
    {
        _ticking = true;
        var tick = new TimerTick(this, _options) { Host = _activation, State = RequestState.Queued };
        _activation.Engine.PostMessage(_activation, tick);
    }

    private static void Check(TimeSpan time, string name)
    {
        if (time != Timeout.InfiniteTimeSpan && (time < TimeSpan.Zero || time.TotalMilliseconds > 0xfffffffe))
        {
            throw new ArgumentOutOfRangeException(name, time, "Must be from zero to 49 days, or infinite.");
        }
    }
}

/// <inheritdoc/>
internal sealed class GrainTimer<TState>(
    Activation activation, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    : GrainTimer(activation, options)
{
    protected override Task Tick(CancellationToken ended) => callback(state, ended);
}
