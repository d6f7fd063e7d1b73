using System.Runtime.CompilerServices;
using Orleans.Runtime;
using RoutingGrid.Engine.Calls;
using RoutingGrid.Engine.CodeGeneration;

namespace RoutingGrid.Engine.Activations;

/// <summary>Turns: whose thread runs what, and when.</summary>
internal sealed partial class Activation
{
    // Long enough to be worth a trip to the thread pool, short enough to be fair to other activations.
    private const int TurnsPerVisit = 64;

    [ThreadStatic]
    private static int t_inlineDepth;

    private int _owned;
    private WorkItem? _inbox;
    private WorkItem? _head;
    private WorkItem? _tail;

    public override int MaximumConcurrencyLevel => 1;

    private bool HasWork => _head is not null || Volatile.Read(ref _inbox) is not null || _rescan || MustDeactivate;

    /// <summary>Runs on whatever thread the engine gave.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        Visit(TurnsPerVisit);
    }

    /// <summary>Runs at most <paramref name="turns"/> items. The caller owns the activation; this gives it up or schedules it again.</summary>
    internal void Visit(int turns)
    {
        ActivationScheduler? outer = RuntimeContext.CurrentScheduler;
        RuntimeContext.CurrentScheduler = this;
        do
        {
            RunNext();
        }
        while (--turns > 0 && HasWork);

        RuntimeContext.CurrentScheduler = outer;
        ReleaseOrReschedule();
    }

    /// <summary>Puts an item in the inbox, from any thread.</summary>
    internal void Post(WorkItem item)
    {
        WorkItem? first = Volatile.Read(ref _inbox);
        while (true)
        {
            item.Next = first;
            WorkItem? seen = Interlocked.CompareExchange(ref _inbox, item, first);
            if (seen == first)
            {
                break;
            }

            first = seen;
        }

        if (TryOwn())
        {
            Engine.Schedule(this);
        }
    }

    protected override void QueueTask(Task task)
    {
        var turn = new TaskTurn(task);
        if (RuntimeContext.CurrentScheduler == this)
        {
            Enqueue(turn);
        }
        else
        {
            Post(turn);
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && RuntimeContext.CurrentScheduler == this && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];

    /// <summary>
    /// The fast path: when nothing runs or waits here, the caller's thread runs the call up to its first await. False when
    /// that was not possible.
    /// </summary>
    private bool TryRunInline(GrainRequest request)
    {
        if (t_inlineDepth >= Engine.MaxInlineDepth || _running != 0 || SynchronizationContext.Current is not null || !TryOwn())
        {
            return false;
        }

        if (_running != 0 || HasWork || _stopping || Status is not (ActivationStatus.Valid or ActivationStatus.New))
        {
            ReleaseOrReschedule();
            return false;
        }

        ActivationScheduler? outer = RuntimeContext.CurrentScheduler;
        ExecutionContext? outerContext = Contexts.EnterDefault();
        RuntimeContext.CurrentScheduler = this;
        t_inlineDepth++;
        RunAsTurn(s_arrive, request);
        t_inlineDepth--;
        RuntimeContext.CurrentScheduler = outer;
        Contexts.Leave(outerContext);
        if (request.State != RequestState.Returned)
        {
            // Nobody else can have answered it: it is still ours.
            request.ExpectAnswer();
            Engine.Track(request);
        }

        ReleaseOrReschedule();
        return true;
    }

    private void RunNext()
    {
        if (_rescan)
        {
            AdmitWaiting();
        }
        else if (MustDeactivate)
        {
            RunAsTurn(s_deactivate, this);
        }
        else if (TakeNext() is { } item)
        {
            switch (item)
            {
                case GrainRequest request:
                    RunAsTurn(s_arrive, request);
                    break;
                case TaskTurn turn:
                    TryExecuteTask(turn.Task);
                    break;
            }
        }

        Contexts.Reset();
    }

    // Only inside a task of this scheduler do awaits come back to it.
    private void RunAsTurn(Action<object?> action, object state) =>
        new Task(action, state, CancellationToken.None, TaskCreationOptions.DenyChildAttach).RunSynchronously(this);

    private void Enqueue(WorkItem item)
    {
        item.Next = null;
        if (_tail is null)
        {
            _head = item;
        }
        else
        {
            _tail.Next = item;
        }

        _tail = item;
    }

    private WorkItem? TakeNext()
    {
        if (_head is null && Volatile.Read(ref _inbox) is not null)
        {
            // Pushed last, first; turned round into the order of arrival.
            WorkItem? item = Interlocked.Exchange(ref _inbox, null);
            _tail = item;
            while (item is not null)
            {
                (item.Next, _head, item) = (_head, item, item.Next);
            }
        }

        WorkItem? taken = _head;
        if (taken is not null)
        {
            _head = taken.Next;
            taken.Next = null;
            if (_head is null)
            {
                _tail = null;
            }
        }

        return taken;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryOwn() => Volatile.Read(ref _owned) == 0 && Interlocked.CompareExchange(ref _owned, 1, 0) == 0;

    private void ReleaseOrReschedule()
    {
        if (HasWork)
        {
            Engine.Schedule(this);
            return;
        }

        bool waits = _outgoing is not null && IsBusy;
        Interlocked.Exchange(ref _owned, 0);

        // Something may have arrived between the look and the release; its sender saw an owner.
        if (Volatile.Read(ref _inbox) is not null)
        {
            if (TryOwn())
            {
                Engine.Schedule(this);
            }
        }
        else if (waits)
        {
            DeadlockSearch.After(this);
        }
    }
}
