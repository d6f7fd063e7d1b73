using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;
using RoutingGrid.Engine.Activations;
using RoutingGrid.Engine.CodeGeneration;

namespace RoutingGrid.Engine.Catalog;

/// <summary>One grain class and its activations.</summary>
internal class GrainClass
{
    private readonly ConcurrentDictionary<IdSpan, Activation> _activations = new();
    private readonly GrainFactoryMethod? _create;

    protected GrainClass(EmbeddedEngine engine, GrainType grainType)
    {
        Engine = engine;
        GrainType = grainType;
    }

    public GrainClass(EmbeddedEngine engine, Type type)
        : this(engine, GrainType.Create(NameOf(type)))
    {
        Type = type;
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute), true);
        CollectionAge = AgeOf(type, engine.Options.CollectionAge);
        HasOnActivate = Implements(type, nameof(IGrainBase.OnActivateAsync));
        HasOnDeactivate = Implements(type, nameof(IGrainBase.OnDeactivateAsync));
        _create = GrainFactoryMethod.For(type, engine.Registered);
    }

    public EmbeddedEngine Engine { get; }

    public GrainType GrainType { get; }

    public Type? Type { get; }

    public bool IsReentrant { get; }

    public bool HasOnActivate { get; }

    public bool HasOnDeactivate { get; }

    /// <summary>Null for never.</summary>
    public TimeSpan? CollectionAge { get; }

    public virtual bool IsObserver => false;

    public virtual IEnumerable<Activation> Activations => _activations.Select(pair => pair.Value);

    /// <summary>A grain of this class has one activation.</summary>
    public virtual bool IsSingle => true;

    public virtual int Count => _activations.Count;

    public object Create(Activation activation) => _create!.Create(activation);

    /// <summary>Hands a request to the activation of its grain, making one if there is none.</summary>
    public virtual void Receive(GrainReference reference, GrainRequest request)
    {
        if (reference.LastTarget is not Activation { Status: not ActivationStatus.Dead } target)
        {
            if (Engine.IsStopping && request.Is(CallOptions.OneWay) && !_activations.ContainsKey(reference.Key))
            {
                return;
            }

            target = _activations.GetOrAdd(reference.Key, static (key, self) => new Activation(self, key, self.Engine.NextSequence()), this);
            reference.LastTarget = target;
        }

        target.Receive(request);
    }

    public virtual void Remove(Activation activation) => _activations.TryRemove(new(activation.Key, activation));

    /// <summary>An activation beside the one that calls reach. Only a simulated split of the cluster makes one.</summary>
    public Activation CreateTwin(IdSpan key) => new(this, key, Engine.NextSequence());

    /// <summary>From now on calls reach this one.</summary>
    public void Replace(Activation activation) => _activations[activation.Key] = activation;

    public Activation? Find(IdSpan key) => _activations.GetValueOrDefault(key);

    public static string NameOf(Type type)
    {
        if (type.GetCustomAttribute<GrainTypeAttribute>() is { } named)
        {
            return named.Name;
        }

        string name = type.Name.ToLowerInvariant();
        return name.EndsWith("grain", StringComparison.Ordinal) && name.Length > "grain".Length ? name[..^"grain".Length] : name;
    }

    /// <summary>Whether a class has its own version of a method of <see cref="IGrainBase"/>.</summary>
    private static bool Implements(Type type, string method)
    {
        InterfaceMapping map = type.GetInterfaceMap(typeof(IGrainBase));
        Type? declaring = map.TargetMethods[Array.FindIndex(map.InterfaceMethods, candidate => candidate.Name == method)]?.DeclaringType;
        return declaring is not null && declaring != typeof(Grain) && declaring != typeof(IGrainBase);
    }

    private static TimeSpan? AgeOf(Type type, TimeSpan standard)
    {
        if (type.IsDefined(typeof(KeepAliveAttribute), true))
        {
            return null;
        }

        return type.GetCustomAttribute<CollectionAgeLimitAttribute>() is { } limit ? limit.AlwaysActive ? null : limit.AgeLimit : standard;
    }
}
