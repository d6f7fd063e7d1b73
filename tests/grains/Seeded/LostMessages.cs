using Orleans.Concurrency;
using RoutingGrid.Engine.Simulation;

namespace RoutingGrid.Grains.Tests.Seeded;

/// <summary>Loses some of the messages that nobody waits for, as a network between processes does.</summary>
internal sealed class LostMessages(ulong seed, int percent) : IIncomingGrainCallFilter
{
    private readonly SeededRandom _random = new(seed);

    public Task Invoke(IIncomingGrainCallContext context) =>
        context.InterfaceMethod.IsDefined(typeof(OneWayAttribute), inherit: true) && _random.Below(100) < percent ? Task.CompletedTask : context.Invoke();
}
