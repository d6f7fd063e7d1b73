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
    public abstract Task ReadStateAsync();

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

/// <inheritdoc/>
internal sealed class StoredState<T>(GrainId grain, string name, IGrainStorage storage) : StoredState, IPersistentState<T>
{
    private readonly GrainState<T> _state = new(Empty());

    public T State
    {
        get => _state.State!;
        set => _state.State = value;
    }

    public string? Etag => _state.ETag;

    public bool RecordExists => _state.RecordExists;

    public override async Task ReadStateAsync()
    {
        await storage.ReadStateAsync(name, grain, _state);
        _state.State ??= Empty();
    }

    public Task WriteStateAsync() => storage.WriteStateAsync(name, grain, _state);

    public async Task ClearStateAsync()
    {
        await storage.ClearStateAsync(name, grain, _state);
        _state.State = Empty();
    }

    // As in Orleans: a state that was never written is a new one where that is possible.
    private static T Empty() => typeof(T).IsValueType || typeof(T).GetConstructor(Type.EmptyTypes) is null ? default! : Activator.CreateInstance<T>();
}
