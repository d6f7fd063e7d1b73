using RoutingGrid.Engine.Activations;
using RoutingGrid.Engine.CodeGeneration;

namespace RoutingGrid.Engine;

/// <summary>Where turns run: the thread pool, or one simulated thread.</summary>
internal interface IWorkplace
{
    bool IsSimulated { get; }

    /// <summary>How deep calls may run on the caller's thread; zero for never.</summary>
    int MaxInlineDepth { get; }

    /// <summary>Runs an activation soon. Whoever asks owns it and hands that over.</summary>
    void Schedule(Activation activation);

    /// <summary>Puts a request into an activation's inbox, now or later.</summary>
    void Deliver(Activation activation, GrainRequest request);

    ITimer CreateTimer(TimeProvider time, TimerKind kind, TimerCallback callback, object? state);

    /// <summary>Where the engine's own work runs that belongs to no activation.</summary>
    TaskScheduler OutsideScheduler { get; }
}

/// <summary>What a timer of the engine means for a simulation that asks whether anything is left to do.</summary>
internal enum TimerKind
{
    /// <summary>Somebody waits for it.</summary>
    Once,

    /// <summary>It comes again and again: a world at rest has such timers too.</summary>
    Periodic,

    /// <summary>Nothing a grain could notice depends on it, unless something else happens too.</summary>
    Housekeeping,
}

/// <summary>Turns on the thread pool.</summary>
internal sealed class ThreadPoolWorkplace : IWorkplace
{
    public bool IsSimulated => false;

    // Deep enough for the chains of a case's life, shallow enough for any stack.
    public int MaxInlineDepth => 16;

    public TaskScheduler OutsideScheduler => TaskScheduler.Default;

    public void Schedule(Activation activation) => ThreadPool.UnsafeQueueUserWorkItem(activation, preferLocal: true);

    public void Deliver(Activation activation, GrainRequest request) => activation.Post(request);

    public ITimer CreateTimer(TimeProvider time, TimerKind kind, TimerCallback callback, object? state)
    {
        // Timers outlive the call that makes them and must not keep its ambient values.
        using AsyncFlowControl? flow = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
        return time.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
