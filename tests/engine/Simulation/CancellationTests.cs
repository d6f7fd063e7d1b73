#if !ORLEANS
using Microsoft.Extensions.DependencyInjection;
using RoutingGrid.Engine.Simulation;

namespace RoutingGrid.Engine.Tests.Simulation;

/// <summary>Cancelling a call that runs behind a filter reaches the callee like any other.</summary>
public sealed class CancellationTests : FaultTest
{
    [Fact]
    public void The_callee_behind_a_filter_is_told()
    {
        SimulatedEngine simulation = Start(services: services => services.AddSingleton<IIncomingGrainCallFilter, Passing>());
        using var cancellation = new CancellationTokenSource();
        Task call = simulation.Post(() => simulation.Grains.GetGrain<IVictimGrain>("a").Hang("hanging", cancellation.Token));
        simulation.RunFor(TimeSpan.FromSeconds(1));
        cancellation.Cancel();
        simulation.RunFor(TimeSpan.FromSeconds(1));
        Assert.True(call.IsCanceled);
        Assert.Equal(["hanging cancelled"], ProbeOf(simulation).Log);
    }

    private sealed class Passing : IIncomingGrainCallFilter
    {
        public async Task Invoke(IIncomingGrainCallContext context) => await context.Invoke();
    }
}
#endif
