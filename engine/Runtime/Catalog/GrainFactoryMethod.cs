using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using RoutingGrid.Engine.Activations;
using RoutingGrid.Engine.Storage;

namespace RoutingGrid.Engine.Catalog;

/// <summary>
/// Constructs grains of one class: states and the context come from the activation, everything else from its scope. The
/// scope is made only when the constructor asks for something.
/// </summary>
internal sealed class GrainFactoryMethod
{
    private readonly ObjectFactory _construct;
    private readonly Func<Activation, object>[] _own;
    private readonly bool _needsScope;

    private GrainFactoryMethod(ObjectFactory construct, Func<Activation, object>[] own, bool needsScope)
    {
        _construct = construct;
        _own = own;
        _needsScope = needsScope;
    }

    public static GrainFactoryMethod For(Type type)
    {
        ConstructorInfo[] constructors = type.GetConstructors();
        ConstructorInfo constructor = constructors.FirstOrDefault(c => c.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute)))
            ?? constructors.MaxBy(c => c.GetParameters().Length)
            ?? throw new OrleansConfigurationException($"{type} has no public constructor.");
        ParameterInfo[] parameters = constructor.GetParameters();
        var ownTypes = new List<Type>();
        var own = new List<Func<Activation, object>>();
        foreach (ParameterInfo parameter in parameters)
        {
            if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } attribute)
            {
                own.Add(StoredState.Factory(parameter, attribute));
                ownTypes.Add(parameter.ParameterType);
            }
            else if (parameter.ParameterType == typeof(IGrainContext))
            {
                own.Add(static activation => activation);
                ownTypes.Add(typeof(IGrainContext));
            }
        }

        return new(ActivatorUtilities.CreateFactory(type, [.. ownTypes]), [.. own], parameters.Length > ownTypes.Count);
    }

    public object Create(Activation activation)
    {
        object[] arguments = _own.Length == 0 ? [] : Array.ConvertAll(_own, make => make(activation));
        return _construct(_needsScope ? activation.ActivationServices : activation.Engine.Services, arguments);
    }
}
