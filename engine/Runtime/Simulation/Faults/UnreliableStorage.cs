using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using RoutingGrid.Engine.CodeGeneration;

namespace RoutingGrid.Engine.Simulation;

/// <summary>A store behind <see cref="StorageFaults"/>. Callers whose operation fails keep the etag that they had.</summary>
internal sealed class UnreliableStorage(IGrainStorage store, bool isOwned, StorageFaults faults) : IGrainStorage, IAsyncDisposable, IDisposable
{
    /// <summary>Puts every store that is registered behind <see cref="StorageFaults"/>, under the name that it has.</summary>
    public static void WrapAll(IServiceCollection services)
    {
        for (int i = 0; i < services.Count; i++)
        {
            if (services[i].ServiceType == typeof(IGrainStorage))
            {
                services[i] = Wrap(services[i]);
            }
        }
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        faults.Read($"read {stateName} of {grainId}", async () =>
        {
            await store.ReadStateAsync(stateName, grainId, grainState, cancellationToken);
            return true;
        });

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        // What is sent is what the state is now, whenever it arrives.
        GrainState<T> sent = Sent(grainState, Copiers.Copy(grainState.State));
        await faults.Write($"write {stateName} of {grainId}", async () =>
        {
            await store.WriteStateAsync(stateName, grainId, sent, cancellationToken);
            return true;
        });
        grainState.ETag = sent.ETag;
        grainState.RecordExists = sent.RecordExists;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        GrainState<T> sent = Sent(grainState, grainState.State);
        await faults.Write($"clear {stateName} of {grainId}", async () =>
        {
            await store.ClearStateAsync(stateName, grainId, sent, cancellationToken);
            return true;
        });
        grainState.State = sent.State;
        grainState.ETag = sent.ETag;
        grainState.RecordExists = sent.RecordExists;
    }

    public async ValueTask DisposeAsync()
    {
        if (isOwned && store is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
        else
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        if (isOwned)
        {
            (store as IDisposable)?.Dispose();
        }
    }

    private static GrainState<T> Sent<T>(IGrainState<T> state, T? value) => new(value, state.ETag) { RecordExists = state.RecordExists };

    private static ServiceDescriptor Wrap(ServiceDescriptor store) => store.IsKeyedService
        ? new(typeof(IGrainStorage), store.ServiceKey, (services, key) => store switch
        {
            { KeyedImplementationInstance: IGrainStorage instance } => Around(services, instance, isOwned: false),
            { KeyedImplementationFactory: { } factory } => Around(services, factory(services, key), isOwned: true),
            _ => Around(services, ActivatorUtilities.CreateInstance(services, store.KeyedImplementationType!), isOwned: true),
        }, store.Lifetime)
        : new(typeof(IGrainStorage), services => store switch
        {
            { ImplementationInstance: IGrainStorage instance } => Around(services, instance, isOwned: false),
            { ImplementationFactory: { } factory } => Around(services, factory(services), isOwned: true),
            _ => Around(services, ActivatorUtilities.CreateInstance(services, store.ImplementationType!), isOwned: true),
        }, store.Lifetime);

    private static UnreliableStorage Around(IServiceProvider services, object store, bool isOwned) =>
        new((IGrainStorage)store, isOwned, services.GetRequiredService<StorageFaults>());
}
