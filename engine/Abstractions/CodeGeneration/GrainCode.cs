using Orleans.Runtime;

namespace RoutingGrid.Engine.CodeGeneration;

/// <summary>Names the class in which an assembly lists its generated code.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class GrainCodeAttribute(Type type) : Attribute
{
    public Type Type { get; } = type;
}

/// <summary>The generated code of one assembly.</summary>
public interface IGrainCode
{
    void Register(GrainCodeRegistry registry);
}

/// <summary>The generated code of all assemblies: proxies, grain classes and copiers.</summary>
public sealed class GrainCodeRegistry
{
    private readonly Dictionary<Type, GrainInterface> _interfaces = [];
    private readonly List<Type> _grains = [];

    internal IReadOnlyDictionary<Type, GrainInterface> Interfaces => _interfaces;

    internal IReadOnlyList<Type> Grains => _grains;

    public void Interface(Type type, string name, Func<GrainReferenceShared, IdSpan, GrainReference> create) =>
        _interfaces[type] = new(type, name, create);

    public void Grain(Type type) => _grains.Add(type);

    public void Copier<T>(Func<T, CopyContext, T> copy) => Copiers.Register(copy);

    public void Immutable<T>() => Copiers.RegisterImmutable(typeof(T));

    /// <summary>For generic types: the open copier class, closed when a value is first copied.</summary>
    public void OpenCopier(Type type, Type copier) => Copiers.RegisterOpen(type, copier);
}
