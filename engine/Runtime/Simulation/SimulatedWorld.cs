using Orleans.Runtime;
using RoutingGrid.Engine.Activations;
using RoutingGrid.Engine.Calls;
using RoutingGrid.Engine.CodeGeneration;

namespace RoutingGrid.Engine.Simulation;

/// <summary>
/// The one thread on which a simulation runs: everything that could run next lies in one bag, and the seed draws from it.
/// </summary>
internal sealed class SimulatedWorld : TaskScheduler, IWorkplace
{
    private readonly SimulatedTime _time;
    private readonly SeededRandom _choices;
    private readonly int _delayedPercent;
    private object[] _ready = new object[256];
    private int _count;
    private int _thread;
    private volatile bool _intruded;
    private readonly Queue<Action> _betweenTurns = new();
    private FaultInjector? _faults;

    public SimulatedWorld(SimulatedTime time, SimulationOptions options)
    {
        _time = time;
        _choices = new(options.Seed);
        _delayedPercent = options.DelayedMessagesPercent;
    }

    public bool IsSimulated => true;

    // A call on the caller's thread would leave the seed no choice.
    public int MaxInlineDepth => 0;

    public override int MaximumConcurrencyLevel => 1;

    public TaskScheduler OutsideScheduler => this;

    /// <summary>How many turns have run.</summary>
    public long Turns { get; private set; }

    /// <summary>Two runs that chose alike at every step have the same.</summary>
    public ulong Fingerprint { get; private set; } = 14695981039346656037UL;

    public bool HasReady => _count > 0;

    /// <summary>Nothing runs any more.</summary>
    public bool IsCrashed { get; private set; }

    /// <summary>What goes wrong here. Known only once the engine is there, which needs its workplace first.</summary>
    public FaultInjector Faults
    {
        set => _faults = value;
    }

    public void Schedule(Activation activation) => Add(activation);

    public void Deliver(Activation activation, GrainRequest request)
    {
        activation = _faults?.Target(activation, request) ?? activation;
        if (_delayedPercent > 0 && _choices.Below(100) < _delayedPercent)
        {
            Add(new Delivery(activation, request));
        }
        else
        {
            activation.Post(request);
        }
    }

    public ITimer CreateTimer(TimeProvider time, TimerKind kind, TimerCallback callback, object? state) => _time.CreateEngineTimer(kind, callback, state);

    /// <summary>Everything between this and the end of the scope runs on this thread.</summary>
    public Visit Enter()
    {
        if (_thread != 0)
        {
            throw new InvalidOperationException("The simulation is running already: await inside it, do not run it from inside.");
        }

        return new Visit(this);
    }

    /// <summary>Acts when no turn of a grain is running: now, or after the one that is.</summary>
    public void Between(Action act)
    {
        if (_thread == 0)
        {
            using Visit visit = Enter();
            act();
        }
        else if (_thread != Environment.CurrentManagedThreadId)
        {
            throw new InvalidOperationException("The simulation is running on another thread: faults must come from inside it, or between two runs.");
        }
        else if (RuntimeContext.CurrentScheduler is null)
        {
            act();
        }
        else
        {
            _betweenTurns.Enqueue(act);
        }
    }

    /// <summary>Nothing that is here runs any more, and nothing else gets in.</summary>
    public void Crash()
    {
        IsCrashed = true;
        Array.Clear(_ready, 0, _count);
        _count = 0;
    }

    /// <summary>Runs one thing that can run; there must be one.</summary>
    public void RunOne()
    {
        int at = _count == 1 ? 0 : _choices.Below(_count);
        object item = _ready[at];
        _ready[at] = _ready[--_count];
        _ready[_count] = null!;
        Turns++;
        Note((ulong)at);
        switch (item)
        {
            case Activation { IsKilled: true }:
                break;
            case Activation activation:
                Note((ulong)activation.Sequence);
                activation.Visit(1);
                break;
            case Task task:
                TryExecuteTask(task);
                Contexts.Reset();
                break;
            case Delivery { Activation.IsKilled: true } delivery:
                _faults!.OnLate(delivery.Activation, delivery.Request);
                break;
            case Delivery delivery:
                delivery.Activation.Post(delivery.Request);
                break;
        }

        while (_betweenTurns.TryDequeue(out Action? act))
        {
            act();
        }

        if (!IsCrashed)
        {
            _faults?.OnTurn();
        }

        if (_intruded)
        {
            throw new InvalidOperationException(
                "Work came to the simulation from another thread, so the run cannot be repeated: something used Task.Run, ConfigureAwait(false), a real timer or real I/O.");
        }
    }

    /// <summary>Moves the clock to the next timer, though not past <paramref name="limit"/>, and fires what is due. False if there is none.</summary>
    public bool Advance(long limit)
    {
        if (IsCrashed)
        {
            return false;
        }

        if (_time.Next > limit)
        {
            _time.MoveTo(limit == long.MaxValue ? _time.Now : limit);
            return false;
        }

        _time.MoveTo(_time.Next);
        Note((ulong)_time.Now);
        long last = _time.LastOrder;
        while (_time.TakeDue(last) is { } timer)
        {
            if (timer.IsTask)
            {
                new Task(static state => ((SimulatedTimer)state!).Fire(), timer, TaskCreationOptions.DenyChildAttach).Start(this);
            }
            else
            {
                timer.Fire();
            }
        }

        return true;
    }

    protected override void QueueTask(Task task) => Add(task);

    // Whether a continuation may run at once must not depend on whose thread this is.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => [];

    private void Add(object item)
    {
        if (_thread != 0 && _thread != Environment.CurrentManagedThreadId)
        {
            _intruded = true;
            return;
        }

        if (IsCrashed)
        {
            return;
        }

        if (_count == _ready.Length)
        {
            Array.Resize(ref _ready, _count * 2);
        }

        _ready[_count++] = item;
    }

    /// <summary>Makes a choice part of the fingerprint.</summary>
    public void Note(ulong value) => Fingerprint = (Fingerprint ^ value) * 1099511628211UL;

    /// <summary>A message that is still on its way.</summary>
    private sealed record Delivery(Activation Activation, GrainRequest Request);

    /// <summary>The time during which the simulation runs on the current thread.</summary>
    public readonly ref struct Visit
    {
        private readonly SimulatedWorld _world;
        private readonly SynchronizationContext? _outerSynchronization;
        private readonly ExecutionContext? _outerContext;

        public Visit(SimulatedWorld world)
        {
            _world = world;
            _outerSynchronization = SynchronizationContext.Current;
            _outerContext = Contexts.EnterDefault();

            // Awaits would go to it instead of to the schedulers.
            SynchronizationContext.SetSynchronizationContext(null);
            world._thread = Environment.CurrentManagedThreadId;
            GrainRequest.AnswersOnThisThread = true;
        }

        public void Dispose()
        {
            GrainRequest.AnswersOnThisThread = false;
            _world._thread = 0;
            SynchronizationContext.SetSynchronizationContext(_outerSynchronization);
            Contexts.Leave(_outerContext);
        }
    }
}
