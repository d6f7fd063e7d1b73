using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;
using RoutingGrid.Engine.CodeGeneration;

namespace RoutingGrid.Engine.Catalog;

/// <summary>Which class answers for which interface, and the references to both.</summary>
internal sealed class Interfaces
{
    private readonly EmbeddedEngine _engine;
    private readonly FrozenDictionary<Type, GrainInterface> _proxies;
    private readonly ConcurrentDictionary<Type, GrainReferenceShared> _byInterface = new();
    private readonly ConcurrentDictionary<(Type Interface, string Prefix), GrainReferenceShared> _byPrefix = new();
    private readonly ConcurrentDictionary<(Type Interface, GrainClass Class), GrainReferenceShared> _byClass = new();

    public Interfaces(EmbeddedEngine engine, GrainCodeRegistry code)
    {
        _engine = engine;
        _proxies = code.Interfaces.ToFrozenDictionary();
        Classes = [.. code.Grains.OrderBy(type => type.FullName, StringComparer.Ordinal).Select(Describe)];
        foreach (IGrouping<GrainType, GrainClass> same in Classes.GroupBy(grain => grain.GrainType).Where(group => group.Count() > 1))
        {
            throw new OrleansConfigurationException(
                $"The grain type '{same.Key}' is used by {string.Join(" and ", same.Select(grain => grain.Type))}: give one of them a [GrainType].");
        }
    }

    public IReadOnlyList<GrainClass> Classes { get; }

    /// <summary>What references made for an interface share.</summary>
    public GrainReferenceShared For(Type type, string? prefix)
    {
        if (prefix is not null)
        {
            return _byPrefix.GetOrAdd((type, prefix), key => For(key.Interface, Resolve(key.Interface, key.Prefix)));
        }

        return _byInterface.TryGetValue(type, out GrainReferenceShared? shared)
            ? shared
            : _byInterface.GetOrAdd(type, key => For(key, Resolve(key, null)));
    }

    public GrainReferenceShared For(Type type, GrainClass grainClass) =>
        _byClass.GetOrAdd((type, grainClass), key => new(_engine, key.Class.GrainType, Proxy(key.Interface), key.Class));

    public GrainReference Create(Type type, GrainClass grainClass, IdSpan key)
    {
        GrainReferenceShared shared = For(type, grainClass);
        return shared.Interface.Create(shared, key);
    }

    /// <summary>A reference by which to identify a grain; cast it to call.</summary>
    public GrainReference Untyped(GrainClass grainClass, IdSpan key) => new UntypedReference(new(_engine, grainClass.GrainType, UntypedReference.Interface, grainClass), key);

    public GrainClass? ByGrainType(GrainType type) => Classes.FirstOrDefault(grain => grain.GrainType == type);

    private GrainInterface Proxy(Type type) => _proxies.TryGetValue(type, out GrainInterface? proxy)
        ? proxy
        : throw new ArgumentException(
            $"There is no generated proxy for {type}: is it an interface that derives from IGrain or IGrainObserver, in a project that imports GrainApi.props?");

    private GrainClass Resolve(Type type, string? prefix)
    {
        GrainClass[] candidates = [.. Classes.Where(grain => type.IsAssignableFrom(grain.Type))];
        if (prefix is not null)
        {
            candidates = [.. candidates.Where(grain => grain.Type!.FullName!.StartsWith(prefix, StringComparison.Ordinal) || grain.Type.Name.StartsWith(prefix, StringComparison.Ordinal))];
        }

        if (candidates.Length > 1 && candidates.Where(grain => grain.Type!.Name == type.Name.TrimStart('I')).ToArray() is [var namesake])
        {
            return namesake;
        }

        return candidates switch
        {
            [var only] => only,
            [] => throw new ArgumentException($"Could not find an implementation for interface {type}."),
            _ => throw new ArgumentException($"Several classes implement {type}: {string.Join(", ", candidates.Select(grain => grain.Type))}. Name one by its prefix."),
        };
    }

    private GrainClass Describe(Type type) => type.GetCustomAttribute<StatelessWorkerAttribute>() is { } stateless
        ? new StatelessWorkers(_engine, type, stateless)
        : new GrainClass(_engine, type);

    private sealed class UntypedReference(GrainReferenceShared shared, IdSpan key) : GrainReference(shared, key)
    {
        public static readonly GrainInterface Interface = new(typeof(IAddressable), nameof(IAddressable), static (shared, key) => new UntypedReference(shared, key));
    }
}
