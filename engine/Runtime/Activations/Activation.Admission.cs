using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using RoutingGrid.Engine.Calls;
using RoutingGrid.Engine.CodeGeneration;

namespace RoutingGrid.Engine.Activations;

/// <summary>Admission: which requests run, which wait, and what happens when one returns.</summary>
internal sealed partial class Activation
{
    private static readonly Action<object?> s_arrive = static request => ((Activation)((GrainRequest)request!).Host!).Arrive((GrainRequest)request);

    private int _running;

    // Of those that run: how many do not interleave with everything, and how many of these are not read-only.
    private int _holding;
    private int _writing;
    private GrainRequest? _waitingHead;
    private GrainRequest? _waitingTail;
    private GrainRequest? _outgoing;

    // How many of those that wait could interleave with what holds them up: while none can, there is no use in looking.
    private int _waitingToInterleave;
    private bool _rescan;

    /// <summary>Calls of this activation that were in flight when last looked at, newest first.</summary>
    public GrainRequest? Outgoing => Volatile.Read(ref _outgoing);

    /// <summary>A call is running or the activation is starting or ending, and no turn of it is.</summary>
    public bool IsStandingStill => Volatile.Read(ref _owned) == 0 && Volatile.Read(ref _inbox) is null && IsBusy;

    /// <summary>No more than one call runs, so that whatever is in flight is in flight for it.</summary>
    public bool RunsOneAtMost => _running <= 1;

    public bool IsBusy => _running > 0 || Status is ActivationStatus.Activating or ActivationStatus.Deactivating;

    /// <summary>Takes a request from any thread.</summary>
    public void Receive(GrainRequest request)
    {
        request.Host = this;
        if (request.Is(CallOptions.OneWay))
        {
            request.State = RequestState.Queued;
            Engine.PostMessage(this, request);
        }
        else if (!TryRunInline(request))
        {
            request.State = RequestState.Queued;
            request.ExpectAnswer();
            Engine.Track(request);
            Engine.PostMessage(this, request);
        }
    }

    /// <summary>Remembers a call that this activation waits for. On its own turn.</summary>
    public void AddOutgoing(GrainRequest request)
    {
        GrainRequest? newest = _outgoing;
        while (newest is not null && newest.IsAnswered)
        {
            newest = newest.PreviousOutgoing;
        }

        request.PreviousOutgoing = newest;
        Volatile.Write(ref _outgoing, request);
    }

    public override void EnterReentrantSection(Guid id) => (Extras.OpenChains ??= []).Add(id);

    public override void LeaveReentrantSection(Guid id) => Extras.OpenChains?.Remove(id);

    public override void OnReturned(GrainRequest request)
    {
        Count(request, -1);
        request.State = RequestState.Returned;
        _rescan = _waitingHead is not null;
        if (_running == 0)
        {
            _outgoing = null;
        }

        if (request.Error is { } error)
        {
            OnError(request, error);
        }

        if (request.ExpiryList is not null || request.Cancellation is not null)
        {
            Engine.Untrack(request);
        }

        request.Answer();
    }

    private void Arrive(GrainRequest request)
    {
        if (request.IsAnswered || request.State == RequestState.Returned)
        {
            return;
        }

        if (request is Timers.TimerTick tick && (_stopping ? _running == 0 : Status == ActivationStatus.Dead))
        {
            tick.Drop();
            return;
        }

        if (Status == ActivationStatus.New)
        {
            Activate(request);

            // What a start that is not async leaves on the thread is not for the first call.
            Contexts.Reset();
        }

        if (Status == ActivationStatus.Dead)
        {
            // A failed activation has answered it by now; anything else goes to the next one.
            if (request.State != RequestState.Returned && !request.IsAnswered)
            {
                Engine.Redeliver(request);
            }
        }
        else if (Status == ActivationStatus.Valid && (!_stopping || request is Timers.TimerTick) && MayAdmit(request))
        {
            Start(request);
        }
        else
        {
            Wait(request);
        }
    }

    private bool MayAdmit(GrainRequest request) =>
        _holding == 0
        || request.Is(CallOptions.AlwaysInterleave)
        || (_writing == 0 && request.Is(CallOptions.ReadOnly))
        || Class.IsReentrant
        || IsOfOpenChain(request);

    private bool IsOfOpenChain(GrainRequest request) =>
        _extras?.OpenChains is { Count: > 0 } open
        && request.Context is { } context
        && context.TryGetValue(RequestContext.ReentrancyKey, out object? id)
        && id is Guid chain
        && open.Contains(chain);

    private void Wait(GrainRequest request)
    {
        request.State = RequestState.Queued;
        request.Next = null;
        if (_waitingTail is null)
        {
            _waitingHead = request;
        }
        else
        {
            _waitingTail.Next = request;
        }

        _waitingTail = request;
        _waitingToInterleave += CouldInterleave(request) ? 1 : 0;
    }

    private bool CouldInterleave(GrainRequest request) =>
        Class.IsReentrant || request.Is(CallOptions.ReadOnly | CallOptions.AlwaysInterleave) || request.Context is not null;

    /// <summary>Starts what may run, oldest first. One at a time, so that each start is a turn of its own.</summary>
    private void AdmitWaiting()
    {
        _rescan = false;
        if (Status is not ActivationStatus.Valid || _stopping)
        {
            return;
        }

        GrainRequest? previous = null;
        for (GrainRequest? request = _waitingHead; request is not null; request = (GrainRequest?)request.Next)
        {
            if (_holding > 0 && _waitingToInterleave == 0)
            {
                return;
            }

            if (request.IsAnswered || MayAdmit(request))
            {
                Unlink(request, previous);
                _rescan = _waitingHead is not null;
                if (!request.IsAnswered)
                {
                    RunAsTurn(s_start, request);
                }

                return;
            }

            previous = request;
        }
    }

    private void Unlink(GrainRequest request, GrainRequest? previous)
    {
        if (previous is null)
        {
            _waitingHead = (GrainRequest?)request.Next;
        }
        else
        {
            previous.Next = request.Next;
        }

        if (_waitingTail == request)
        {
            _waitingTail = previous;
        }

        request.Next = null;
        _waitingToInterleave -= CouldInterleave(request) ? 1 : 0;
    }

    private static readonly Action<object?> s_start = static request => ((Activation)((GrainRequest)request!).Host!).Start((GrainRequest)request);

    private void Start(GrainRequest request)
    {
        request.State = RequestState.Running;
        Count(request, 1);
        _used |= request is not Timers.TimerTick { KeepsAlive: false };
        if (request.Context is not null)
        {
            RequestContext.Import(request.Context);
        }

        object? target = GrainInstance;
        if (target is null)
        {
            Vanished(request);
            return;
        }

        if (Engine.HasIncomingFilters || target is IIncomingGrainCallFilter)
        {
            IncomingCall.Run(this, request, target);
            return;
        }

        try
        {
            request.Invoke(target);
        }
        catch (Exception error)
        {
            request.CompleteWithError(error);
        }
    }

    private void Count(GrainRequest request, int change)
    {
        _running += change;
        if (!request.Is(CallOptions.AlwaysInterleave))
        {
            _holding += change;
            _writing += request.Is(CallOptions.ReadOnly) ? 0 : change;
        }
    }

    /// <summary>The observer was collected: the call is dropped, and a caller who waits will time out.</summary>
    private void Vanished(GrainRequest request)
    {
        Count(request, -1);
        _rescan = _waitingHead is not null;
        request.ExpectAnswer();
        Engine.Log.LogDebug("Dropping {Request}: the observer is gone.", request);
        Vanish();
    }

    private void OnError(GrainRequest request, Exception error)
    {
        if (request.Is(CallOptions.OneWay) || request is Timers.TimerTick)
        {
            Engine.Log.LogWarning(error, "{Request} failed.", request);
        }

        if (error is InconsistentStateException { IsSourceActivation: true } inconsistent)
        {
            // Callers up the chain let the same exception pass; their state is fine.
            inconsistent.IsSourceActivation = false;
            Deactivate(new(DeactivationReasonCode.ApplicationError, error, "Another activation wrote the state."));
        }
    }
}
