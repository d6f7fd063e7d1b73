using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans;
using Orleans.Runtime;
using RoutingGrid.Engine.Activations;
using RoutingGrid.Engine.Calls;
using RoutingGrid.Engine.Catalog;
using RoutingGrid.Engine.CodeGeneration;
using RoutingGrid.Engine.Hosting;

namespace RoutingGrid.Engine;

/// <summary>All grains of one process: sends calls, makes activations and ends them.</summary>
internal sealed class EmbeddedEngine : GrainEngine
{
    private readonly IWorkplace _workplace;
    private readonly IOutgoingGrainCallFilter[] _outgoing;
    private readonly IIncomingGrainCallFilter[] _incoming;
    private readonly CallExpiry _expiry;
    private long _sequence;
    private volatile bool _stopping;
    private volatile bool _stopped;

    public EmbeddedEngine(IServiceProvider services, IServiceCollection registered, EngineOptions options, IWorkplace workplace)
    {
        Services = services;
        Registered = registered;
        Options = options;
        _workplace = workplace;
        Time = options.TimeProvider
            ?? services.GetService<TimeProvider>()
            ?? throw new OrleansConfigurationException(
                "The engine has no clock: register a TimeProvider, or set EngineOptions.TimeProvider. Only the composition root chooses it.");
        Log = services.GetService<ILoggerFactory>()?.CreateLogger("RoutingGrid.Engine") ?? NullLogger.Instance;
        _outgoing = [.. services.GetServices<IOutgoingGrainCallFilter>()];
        _incoming = [.. services.GetServices<IIncomingGrainCallFilter>()];
        _expiry = new(this);
        Observers = new(this);
        Interfaces = new(this, GrainCodeLoader.Load(options.Assemblies));
        Collector = new(this);
        Client = new(this);
    }

    public EmbeddedClient Client { get; }

    public IServiceProvider Services { get; }

    /// <summary>What <see cref="Services"/> was made of.</summary>
    public IServiceCollection Registered { get; }

    public EngineOptions Options { get; }

    public TimeProvider Time { get; }

    public ILogger Log { get; }

    public Interfaces Interfaces { get; }

    public Observers Observers { get; }

    public Collector Collector { get; }

    public IReadOnlyList<IIncomingGrainCallFilter> IncomingFilters => _incoming;

    public bool HasIncomingFilters => _incoming.Length > 0;

    public int MaxInlineDepth => _workplace.MaxInlineDepth;

    /// <summary>For what the engine does on its own behalf, such as sending reminders.</summary>
    public TaskScheduler OutsideScheduler => _workplace.OutsideScheduler;

    /// <summary>How many turns can run at once, for those who want as many workers. Not a matter of the machine where runs are repeated.</summary>
    public int Parallelism => _workplace.IsSimulated ? 4 : Environment.ProcessorCount;

    public bool HoldsObservers => _workplace.IsSimulated;

    /// <summary>What ends may still call others. Messages that nobody waits for wake nobody any more, or grains that wake each other would never end.</summary>
    public bool IsStopping => _stopping;

    public bool HasCallsInFlight => _expiry.Any;

    /// <summary>Calls that somebody may wait for, those with the same timeout oldest first.</summary>
    public IEnumerable<GrainRequest> CallsInFlight => _expiry.All;

    public long NextSequence() => Interlocked.Increment(ref _sequence);

    public void Schedule(Activation activation) => _workplace.Schedule(activation);

    public void PostMessage(Activation activation, GrainRequest request) => _workplace.Deliver(activation, request);

    public ITimer CreateTimer(TimerKind kind, TimerCallback callback, object? state) => _workplace.CreateTimer(Time, kind, callback, state);

    internal override void Send(GrainReference reference, GrainRequest request)
    {
        request.Reference = reference;
        request.State = RequestState.Created;
        request.Caller = RuntimeContext.Current;
        request.Context = RequestContext.Export();
        if (_stopped || (_stopping && request.Caller is null))
        {
            request.Error = new SiloUnavailableException($"The engine is stopping or has stopped and cannot send {request}.");
            request.State = RequestState.Returned;
            return;
        }

        if (request.Is(CallOptions.Cancellable))
        {
            CallCancellations.Prepare(request);
        }

        if (_outgoing.Length > 0)
        {
            OutgoingCall.Run(this, request, _outgoing);
            return;
        }

        Deliver(request);
    }

    public void Deliver(GrainRequest request)
    {
        GrainReference reference = request.Reference;
        ((GrainClass)reference.Shared.Target).Receive(reference, request);
    }

    /// <summary>Sends a request that an activation did not take on to the next one.</summary>
    public void Redeliver(GrainRequest request)
    {
        request.State = RequestState.Created;
        request.Reference.LastTarget = null;
        request.Escaped = true;
        Log.LogDebug("Passing {Request} on to the next activation.", request);
        Deliver(request);
    }

    /// <summary>The caller waits from now on: its call can time out, and it can be part of a deadlock.</summary>
    public void Track(GrainRequest request)
    {
        if (request.ExpiryList is not null)
        {
            return;
        }

        if (RuntimeContext.CurrentScheduler is Activation caller && ReferenceEquals(caller, request.Caller))
        {
            caller.AddOutgoing(request);
        }

        _expiry.Add(request);
        if (request.Cancellation is not null)
        {
            CallCancellations.AfterExpect(request);
        }
    }

    public void Untrack(GrainRequest request)
    {
        _expiry.Remove(request);
        request.Cancellation?.Registration.Dispose();
    }

    internal override GrainReference CreateReference(GrainReference reference, Type interfaceType) =>
        Interfaces.Create(interfaceType, (GrainClass)reference.Shared.Target, reference.Key);

    public async Task StopAsync(CancellationToken cancellation)
    {
        Collector.Stop();

        // Grains may still call each other to end in order; nobody outside may start anything new.
        _stopping = true;
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The engine is stopping.");

        // What ends may call others once more, so look until there is nothing left.
        while (!cancellation.IsCancellationRequested)
        {
            Activation[] activations = [.. Interfaces.Classes.SelectMany(grain => grain.Activations).OrderBy(activation => activation.Sequence)];
            if (activations.Length == 0)
            {
                break;
            }

            foreach (Activation activation in activations)
            {
                activation.Deactivate(reason);
            }

            await Task.WhenAll(activations.Select(activation => activation.Deactivated)).WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        _stopped = true;
        _expiry.FailAll(static request => new SiloUnavailableException($"The engine stopped before {request} was answered."));
    }
}
