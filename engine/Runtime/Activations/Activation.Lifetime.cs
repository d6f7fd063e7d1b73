using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using RoutingGrid.Engine.CodeGeneration;
using RoutingGrid.Engine.Timers;

namespace RoutingGrid.Engine.Activations;

/// <summary>The beginning and the end of an activation.</summary>
internal sealed partial class Activation
{
    private static readonly Action<object?> s_deactivate = static activation => ((Activation)activation!).BeginDeactivation();

    private volatile bool _stopping;

    // While it starts: cancelled when that takes too long, or when it is told to go.
    private CancellationTokenSource? _starting;

    // Set by every call, cleared by the collector, so that calls need not look at the clock.
    private bool _used = true;
    private DateTimeOffset _idleSince;

    private bool MustDeactivate => _stopping && _running == 0 && (Status is ActivationStatus.Valid or ActivationStatus.New);

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        ActivationExtras extras = Extras;
        lock (extras)
        {
            if (_stopping || Status == ActivationStatus.Dead)
            {
                return;
            }

            extras.Reason = deactivationReason;
            extras.HadStarted = Status == ActivationStatus.Valid;
            _stopping = true;
        }

        _starting?.Cancel();
        if (RuntimeContext.CurrentScheduler != this)
        {
            Post(new Nudge());
        }
    }

    public void DelayDeactivation(TimeSpan timeSpan)
    {
        Extras.KeepUntil = timeSpan == TimeSpan.MaxValue || timeSpan == Timeout.InfiniteTimeSpan
            ? DateTimeOffset.MaxValue
            : timeSpan <= TimeSpan.Zero ? DateTimeOffset.MinValue : Engine.Time.GetUtcNow() + timeSpan;
    }

    /// <summary>Asked by the collector now and then: has nobody called for as long as the class allows?</summary>
    public bool IsIdleSince(DateTimeOffset now, TimeSpan age)
    {
        if (_used || IsBusy)
        {
            _used = false;
            _idleSince = now;
            return false;
        }

        return Status == ActivationStatus.Valid && now - _idleSince >= age && (_extras is not { } extras || extras.KeepUntil <= now);
    }

    public IGrainTimer RegisterTimer<TState>(Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options) =>
        new GrainTimer<TState>(this, callback, state, options);

    public void AddTimer(GrainTimer timer)
    {
        ActivationExtras extras = Extras;
        lock (extras)
        {
            (extras.Timers ??= []).Add(timer);
        }
    }

    public void RemoveTimer(GrainTimer timer)
    {
        ActivationExtras extras = Extras;
        lock (extras)
        {
            extras.Timers?.Remove(timer);
        }
    }

    /// <summary>Ends an observer: it has no life of its own to wind up.</summary>
    internal void Vanish()
    {
        _stopping = true;
        Bury();
    }

    private void Activate(GrainRequest first)
    {
        Status = ActivationStatus.Activating;
        if (first.Context is not null)
        {
            RequestContext.Import(first.Context);
        }

        Task starting;
        try
        {
            _instance ??= Class.Create(this);
            starting = BeginStart();
        }
        catch (Exception error)
        {
            starting = Task.FromException(error);
        }

        if (starting.IsCompleted)
        {
            FinishActivation(starting, first);
        }
        else
        {
            AwaitStart(starting);
        }
    }

    private Task BeginStart()
    {
        bool loads = _extras?.States is { Count: > 0 };
        if (!loads && !Class.HasOnActivate)
        {
            return Task.CompletedTask;
        }

        _starting = new();
        return loads ? LoadAndStart(_starting.Token) : CallOnActivate(_starting.Token);
    }

    private void AwaitStart(Task starting)
    {
        CancellationTokenSource cancellation = _starting!;
        ITimer patience = Engine.CreateTimer(TimerKind.Housekeeping, static activation => ((Activation)activation!)._starting?.Cancel(), this);
        patience.Change(Engine.Options.ActivationTimeout, Timeout.InfiniteTimeSpan);

        // A start that does not heed its token is given up all the same.
        starting = starting.WaitAsync(cancellation.Token);
        starting.GetAwaiter().UnsafeOnCompleted(() =>
        {
            patience.Dispose();
            FinishActivation(starting, null);
        });
    }

    private async Task LoadAndStart(CancellationToken cancellation)
    {
        foreach (Storage.StoredState state in _extras!.States!)
        {
            await state.LoadAsync();
        }

        await CallOnActivate(cancellation);
    }

    private Task CallOnActivate(CancellationToken cancellation) => Class.HasOnActivate ? ((IGrainBase)_instance!).OnActivateAsync(cancellation) : Task.CompletedTask;

    private void FinishActivation(Task starting, GrainRequest? first)
    {
        _starting = null;

        // Told to go while it started: however the start ended, the calls that wait go to the next one.
        if (starting.IsCompletedSuccessfully || _stopping)
        {
            Status = ActivationStatus.Valid;
            _rescan = _waitingHead is not null;
        }
        else
        {
            FailActivation(ErrorOf(starting), first);
        }
    }

    private void FailActivation(Exception error, GrainRequest? first)
    {
        Engine.Log.LogWarning(error, "Activating {Grain} failed.", GrainId);
        Status = ActivationStatus.Dead;
        EndTimers();
        if (first is not null)
        {
            Reject(first, error);
        }

        while (_waitingHead is { } request)
        {
            Unlink(request, null);
            Reject(request, error);
        }

        // Those that came while it was starting waited for this activation too.
        for (WorkItem? item = _head; item is not null; item = item.Next)
        {
            if (item is GrainRequest queued && !queued.IsAnswered)
            {
                Reject(queued, error);
            }
        }

        RunDispose();
        Bury();
    }

    private void Reject(GrainRequest request, Exception error)
    {
        request.Error = error;
        request.State = RequestState.Returned;
        Engine.Untrack(request);
        request.Answer();
    }

    private void BeginDeactivation()
    {
        bool wasValid = Extras.HadStarted;
        Status = ActivationStatus.Deactivating;
        EndTimers();
        Task ending = wasValid && Class.HasOnDeactivate ? CallOnDeactivate() : Task.CompletedTask;
        if (ending.IsCompletedSuccessfully)
        {
            FinishDeactivation(ending);
        }
        else
        {
            ending.GetAwaiter().UnsafeOnCompleted(() => FinishDeactivation(ending));
        }
    }

    private async Task CallOnDeactivate()
    {
        using var timeout = new CancellationTokenSource(Engine.Options.DeactivationTimeout, Engine.Time);
        try
        {
            await ((IGrainBase)_instance!).OnDeactivateAsync(Extras.Reason!.Value, timeout.Token).WaitAsync(timeout.Token);
        }
        catch (Exception error)
        {
            Engine.Log.LogWarning(error, "Deactivating {Grain} failed; it ends all the same.", GrainId);
        }
    }

    private void FinishDeactivation(Task ending)
    {
        _ = ending;
        RunDispose();
        Bury();
    }

    /// <summary>Makes room for the next activation and passes on what waits here.</summary>
    private void Bury()
    {
        Status = ActivationStatus.Dead;
        Class.Remove(this);
        while (_waitingHead is { } request)
        {
            Unlink(request, null);
            if (!request.IsAnswered && request is not TimerTick)
            {
                Engine.Redeliver(request);
            }
        }

        if (!Class.IsObserver)
        {
            _instance = null;
        }

        if (_extras is { } extras)
        {
            lock (extras)
            {
                extras.Deactivated?.TrySetResult();
            }
        }
    }

    private void EndTimers()
    {
        if (_extras?.Timers is { } timers)
        {
            foreach (GrainTimer timer in timers.ToArray())
            {
                timer.Dispose();
            }
        }
    }

    private async void RunDispose()
    {
        try
        {
            switch (_instance)
            {
                case IAsyncDisposable disposable when !Class.IsObserver:
                    await disposable.DisposeAsync();
                    break;
                case IDisposable disposable when !Class.IsObserver:
                    disposable.Dispose();
                    break;
            }

            if (_extras?.Scope is { } scope)
            {
                await scope.DisposeAsync();
            }
        }
        catch (Exception error)
        {
            Engine.Log.LogWarning(error, "Disposing {Grain} failed.", GrainId);
        }
    }

    private static Exception ErrorOf(Task task) => task.Exception is { } error ? error.InnerExceptions[0] : new OperationCanceledException();
}
