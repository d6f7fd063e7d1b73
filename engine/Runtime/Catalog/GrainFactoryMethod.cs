using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using RoutingGrid.Engine.Activations;
using RoutingGrid.Engine.Storage;

namespace RoutingGrid.Engine.Catalog;

/// <summary>
/// Constructs grains of one class: states and the context come from the activation, everything else from its scope. The
/// scope is made only when the constructor asks for something that is not the same for all.
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

    public static GrainFactoryMethod For(Type type, IServiceCollection services)
    {
        ConstructorInfo[] constructors = type.GetConstructors();
        ConstructorInfo constructor = constructors.FirstOrDefault(c => c.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute)))
            ?? constructors.MaxBy(c => c.GetParameters().Length)
            ?? throw new OrleansConfigurationException($"{type} has no public constructor.");
        ParameterInfo[] parameters = constructor.GetParameters();
        var ownTypes = new List<Type>();
        var own = new List<Func<Activation, object>>();
        bool needsScope = false;
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
            else
            {
                needsScope |= !IsSingleton(parameter, services);
            }
        }

        return new(ActivatorUtilities.CreateFactory(type, [.. ownTypes]), [.. own], needsScope);
    }

    public object Create(Activation activation)
    {
        object[] arguments = _own.Length == 0 ? [] : Array.ConvertAll(_own, make => make(activation));
        return _construct(_needsScope ? activation.ActivationServices : activation.Engine.Services, arguments);
    }

    // An open generic service counts for all that are made of it.
    private static bool IsSingleton(ParameterInfo parameter, IServiceCollection services)
    {
        Type type = parameter.ParameterType;
        ServiceDescriptor? Last(Type asked) => services.LastOrDefault(service => !service.IsKeyedService && service.ServiceType == asked);
        return !parameter.IsDefined(typeof(FromKeyedServicesAttribute))
            && (Last(type) ?? (type.IsGenericType ? Last(type.GetGenericTypeDefinition()) : null)) is { Lifetime: ServiceLifetime.Singleton };
    }
}
