using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using RoutingGrid.Engine.CodeGeneration;
using RoutingGrid.Engine.Activations;

namespace RoutingGrid.Engine.Timers;

/// <summary>A grain timer: when it is due it sends its activation a tick, and the tick's end starts the next period.</summary>
internal abstract class GrainTimer : IGrainTimer
{
    // Also the lock: the clock calls from a thread of its own.
    private readonly CancellationTokenSource _ended = new();
    private readonly Activation _activation;
    private readonly GrainTimerCreationOptions _options;
    private readonly ITimer _timer;
    private TimeSpan _dueTime;
    private TimeSpan _period;
    private TimerState _state;

    protected GrainTimer(Activation activation, GrainTimerCreationOptions options)
    {
        _activation = activation;
        _options = options;
        Check(options.DueTime, nameof(options.DueTime));
        Check(options.Period, nameof(options.Period));
        TimerKind kind = options.Period == Timeout.InfiniteTimeSpan ? TimerKind.Once : TimerKind.Periodic;
        _timer = activation.Engine.CreateTimer(kind, static timer => ((GrainTimer)timer!).OnDue(), this);
        activation.AddTimer(this);
        Change(options.DueTime, options.Period);
    }

    /// <summary>Calls the grain back.</summary>
    protected abstract Task Tick(CancellationToken ended);

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, nameof(dueTime));
        Check(period, nameof(period));
        lock (_ended)
        {
            _dueTime = dueTime;
            _period = period;
            if (_state != TimerState.Idle || !Arm())
            {
                return;
            }
        }

        Send();
    }

    public void Dispose()
    {
        lock (_ended)
        {
            if (_state == TimerState.Ended)
            {
                return;
            }

            _state = TimerState.Ended;
            _timer.Dispose();
        }

        try
        {
            _ended.Cancel();
        }
        catch (Exception error)
        {
            _activation.Engine.Log.LogError(error, "What was to run at the end of a timer of {Grain} failed.", _activation.GrainId);
        }

        _activation.RemoveTimer(this);
    }

    /// <summary>Its activation was killed. The token stays as it is: cancelling it would run what the grain hung on it.</summary>
    internal void Abandon() => _timer.Dispose();

    /// <summary>A tick that was sent before the timer ended comes to nothing.</summary>
    internal Task Run() => _state == TimerState.Ended ? Task.CompletedTask : Tick(_ended.Token);

    internal void OnTicked()
    {
        lock (_ended)
        {
            if (_state == TimerState.Ended)
            {
                return;
            }

            _state = TimerState.Idle;
            if (!Arm())
            {
                return;
            }
        }

        Send();
    }

    private void OnDue()
    {
        lock (_ended)
        {
            // It may have been changed or ended while this was on its way.
            if (_state != TimerState.Idle || _dueTime == Timeout.InfiniteTimeSpan)
            {
                return;
            }

            Begin();
        }

        Send();
    }

    /// <summary>Sets the clock. True when there is nothing to wait for, and a tick is to be sent at once.</summary>
    private bool Arm()
    {
        bool isDue = _dueTime == TimeSpan.Zero;
        _timer.Change(isDue ? Timeout.InfiniteTimeSpan : _dueTime, Timeout.InfiniteTimeSpan);
        if (isDue)
        {
            Begin();
        }

        return isDue;
    }

    private void Begin()
    {
        _state = TimerState.Ticking;
        _dueTime = _period;
    }

    private void Send() =>
        _activation.Engine.PostMessage(_activation, new TimerTick(this, _options) { Host = _activation, State = RequestState.Queued });

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

internal enum TimerState : byte
{
    /// <summary>Waits for its time, or for a change that sets one.</summary>
    Idle,

    /// <summary>A tick is on its way or runs: what follows it is set when it has ended.</summary>
    Ticking,

    Ended,
}
