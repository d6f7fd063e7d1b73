using RoutingGrid.Engine.CodeGeneration;
using RoutingGrid.Engine.Timers;

namespace RoutingGrid.Engine.Activations;

/// <summary>The end of an activation whose silo died, which only a simulation brings about.</summary>
internal sealed partial class Activation
{
    // An owner who never runs it: what its queues still hold, and what comes later, stays there.
    private const int Nobody = 2;

    public bool IsKilled => Volatile.Read(ref _owned) == Nobody;

    /// <summary>
    /// Gone between two turns. Nothing of it runs any more: no OnDeactivateAsync, no disposal, no timer, no continuation.
    /// Calls that it had sent go on, and their answers find nobody.
    /// </summary>
    public void Kill(Func<GrainRequest, CallFate> fateOf)
    {
        List<GrainRequest> calls = [.. Engine.CallsInFlight.Where(call => call.State == RequestState.Running && ReferenceEquals(call.Target, this))];
        calls.AddRange(Waiting());
        AbandonTimers();
        Status = ActivationStatus.Dead;
        _stopping = true;
        Class.Remove(this);
        Volatile.Write(ref _owned, Nobody);
        _head = _tail = _inbox = null;
        _waitingHead = _waitingTail = _outgoing = null;
        _running = _holding = _writing = 0;
        _instance = null;

        // Not cancelled: what the grain hung on the token of its start is not to run either.
        _starting = null;
        _extras?.Deactivated?.TrySetResult();
        foreach (GrainRequest call in calls)
        {
            Lose(call, fateOf(call));
        }
    }

    /// <summary>Decides about a call that nobody is left to run.</summary>
    public void Lose(GrainRequest call, CallFate fate)
    {
        if (call.IsAnswered || call.Is(CallOptions.OneWay) || call is TimerTick)
        {
            return;
        }

        switch (fate)
        {
            case CallFate.Fails:
                Reject(call, new Orleans.Runtime.SiloUnavailableException($"The target silo became unavailable for {call}."));
                break;
            case CallFate.GoesOn:
                Engine.Redeliver(call);
                break;
        }
    }

    /// <summary>What has not been admitted, oldest first.</summary>
    private IEnumerable<GrainRequest> Waiting()
    {
        for (WorkItem? item = _waitingHead; item is not null; item = item.Next)
        {
            yield return (GrainRequest)item;
        }

        for (WorkItem? item = _head; item is not null; item = item.Next)
        {
            if (item is GrainRequest request)
            {
                yield return request;
            }
        }

        // The inbox has the newest first.
        var arrived = new Stack<GrainRequest>();
        for (WorkItem? item = _inbox; item is not null; item = item.Next)
        {
            if (item is GrainRequest request)
            {
                arrived.Push(request);
            }
        }

        foreach (GrainRequest request in arrived)
        {
            yield return request;
        }
    }

    private void AbandonTimers()
    {
        foreach (GrainTimer timer in _extras?.Timers ?? [])
        {
            timer.Abandon();
        }
    }
}

/// <summary>What becomes of a call whose activation was killed. One-way calls are lost in any case.</summary>
internal enum CallFate
{
    /// <summary>The caller is told at once.</summary>
    Fails,

    /// <summary>It was not admitted yet, and goes to the next activation.</summary>
    GoesOn,

    /// <summary>The caller finds out by its timeout.</summary>
    TimesOut,
}
