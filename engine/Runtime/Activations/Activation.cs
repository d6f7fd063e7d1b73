using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using RoutingGrid.Engine.Catalog;
using RoutingGrid.Engine.CodeGeneration;

namespace RoutingGrid.Engine.Activations;

/// <summary>
/// One activation of one grain. It is its own task scheduler, and everything about admission is touched only by the thread
/// that owns it for the moment, so that none of it needs a lock: others push to the inbox and, if nobody owns the
/// activation, have it scheduled.
/// </summary>
internal sealed partial class Activation : ActivationScheduler, IGrainContext, IActivationControl, IThreadPoolWorkItem
{
    private object? _instance;
    private GrainReference? _reference;
    private ActivationExtras? _extras;

    public Activation(GrainClass grainClass, IdSpan key, long sequence, object? instance = null)
    {
        Class = grainClass;
        Key = key;
        Sequence = sequence;
        _instance = instance;
    }

    public GrainClass Class { get; }

    public IdSpan Key { get; }

    /// <summary>Activations in order of creation: an order that does not depend on hashes.</summary>
    public long Sequence { get; }

    public EmbeddedEngine Engine => Class.Engine;

    public IGrainFactory GrainFactory => Engine.Client;

    public ActivationStatus Status { get; private set; }

    public GrainId GrainId => new(Class.GrainType, Key);

    public GrainReference GrainReference => _reference ??= Engine.Interfaces.Untyped(Class, Key);

    public object? GrainInstance => Class.IsObserver ? (_instance is WeakReference weak ? weak.Target : _instance) : _instance;

    public IServiceProvider ActivationServices
    {
        get
        {
            ActivationExtras extras = Extras;
            lock (extras)
            {
                return (extras.Scope ??= Engine.Services.CreateAsyncScope()).ServiceProvider;
            }
        }
    }

    public Task Deactivated
    {
        get
        {
            ActivationExtras extras = Extras;
            lock (extras)
            {
                extras.Deactivated ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
                if (Status == ActivationStatus.Dead)
                {
                    extras.Deactivated.TrySetResult();
                }

                return extras.Deactivated.Task;
            }
        }
    }

    /// <summary>How much there is to do here, roughly; for choosing the least busy of several workers.</summary>
    public int Load => Volatile.Read(ref _owned) + _running + (Volatile.Read(ref _inbox) is null ? 0 : 1) + (_waitingHead is null ? 0 : 1);

    internal ActivationExtras Extras =>
        _extras ?? Interlocked.CompareExchange(ref _extras, new ActivationExtras(), null) ?? _extras;

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override string ToString() => $"{GrainId} ({Status}, {_running} running)";
}

/// <summary>The life of an activation, in order.</summary>
internal enum ActivationStatus : byte
{
    New,
    Activating,
    Valid,
    Deactivating,
    Dead,
}
