namespace RoutingGrid.Engine.Tests.Grains;

public interface IGuardedGrain : IGrainWithStringKey
{
    Task<string> Open();

    Task Closed();
}

/// <summary>Filters its own calls.</summary>
public sealed class GuardedGrain : Grain, IGuardedGrain, IIncomingGrainCallFilter
{
    public Task<string> Open() => Task.FromResult("open");

    public Task Closed() => Task.CompletedTask;

    public Task Invoke(IIncomingGrainCallContext context) =>
        context.MethodName == nameof(Closed) ? throw new UnauthorizedAccessException() : context.Invoke();
}
