using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using RoutingGrid.Engine.Activations;

namespace RoutingGrid.Engine.Storage;

/// <summary>A state of an activation, to be loaded before it starts.</summary>
internal abstract class StoredState
{
    /// <summary>Reads the state for the first time, before the activation starts.</summary>
    public abstract Task LoadAsync();

    /// <summary>How to make the state that a constructor parameter asks for.</summary>
    public static Func<Activation, object> Factory(ParameterInfo parameter, PersistentStateAttribute attribute)
    {
        Type type = parameter.ParameterType;
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
        {
            throw new OrleansConfigurationException($"{parameter.Member.DeclaringType}: {parameter.Name} has [PersistentState], so it must be an IPersistentState<T>.");
        }

        return (Func<Activation, object>)typeof(StoredState).GetMethod(nameof(TypedFactory), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(type.GetGenericArguments()).Invoke(null, [attribute.StateName, attribute.StorageName])!;
    }

    private static Func<Activation, object> TypedFactory<T>(string name, string? store) => activation =>
    {
        IGrainStorage storage = activation.Engine.Services.GetKeyedService<IGrainStorage>(store ?? "Default")
            ?? throw new OrleansConfigurationException(
                $"{activation.Class.Type} keeps its state '{name}' in the store '{store ?? "Default"}', which is not registered: add a keyed IGrainStorage of that name.");
        var state = new StoredState<T>(activation.GrainId, name, storage);
        (activation.Extras.States ??= []).Add(state);
        return state;
    };
}
