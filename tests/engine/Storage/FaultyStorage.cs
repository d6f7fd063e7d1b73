using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace RoutingGrid.Engine.Tests.Storage;

/// <summary>A store whose writes conflict when the state says so.</summary>
public sealed class FaultyStorage : IGrainStorage
{
    public static void AddTo(IServiceCollection services) => services.AddKeyedSingleton<IGrainStorage>("faulty", (_, _) => new FaultyStorage());

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.State = Activator.CreateInstance<T>();
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        throw new InconsistentStateException("somebody else wrote", "theirs", "mine");

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Task.CompletedTask;
}
