using Orleans.Runtime;

namespace RoutingGrid.Engine.CodeGeneration;

/// <summary>What references need of the engine behind them.</summary>
public abstract class GrainEngine
{
    private protected GrainEngine()
    {
    }

    internal abstract void Send(GrainReference reference, GrainRequest request);

    internal abstract GrainReference CreateReference(GrainReference reference, Type interfaceType);
}

/// <summary>What the references to grains of one type through one interface have in common.</summary>
public sealed class GrainReferenceShared
{
    internal GrainReferenceShared(GrainEngine engine, GrainType grainType, GrainInterface @interface, object target)
    {
        Engine = engine;
        GrainType = grainType;
        Interface = @interface;
        Target = target;
    }

    internal GrainEngine Engine { get; }

    internal GrainType GrainType { get; }

    internal GrainInterface Interface { get; }

    /// <summary>The runtime's description of the grain type.</summary>
    internal object Target { get; }
}

/// <summary>A grain or observer interface and its proxy.</summary>
public sealed class GrainInterface
{
    private readonly Func<GrainReferenceShared, IdSpan, GrainReference> _create;

    internal GrainInterface(Type type, string name, Func<GrainReferenceShared, IdSpan, GrainReference> create)
    {
        Type = type;
        Name = name;
        InterfaceType = new(name);
        _create = create;
    }

    internal Type Type { get; }

    internal string Name { get; }

    internal GrainInterfaceType InterfaceType { get; }

    internal GrainReference Create(GrainReferenceShared shared, IdSpan key) => _create(shared, key);
}
