using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Conformance;

/// <summary>Behaviour 2: each activation has a single-threaded scheduler of its own.</summary>
public sealed class TurnTests(SharedEngine shared) : OnSharedEngine(shared)
{
    private ITurnGrain Grain => Grains.GetGrain<ITurnGrain>("turns");

    [Fact]
    public async Task Await_comes_back_to_the_activation() => Assert.True(await Grain.AwaitStays());

    [Fact]
    public async Task StartNew_stays_on_the_activation() => Assert.True(await Grain.StartNewStays());

    [Fact]
    public async Task Task_Run_leaves_it() => Assert.True(await Grain.RunLeaves());

    [Fact]
    public async Task ConfigureAwait_false_leaves_it() => Assert.True(await Grain.ConfigureAwaitLeaves());

    [Fact]
    public async Task There_is_no_synchronization_context() => Assert.True(await Grain.HasNoSynchronizationContext());

    [Fact]
    public async Task Flows_of_one_call_take_turns() => Assert.Equal(4_000, await Grains.GetGrain<ITurnGrain>(Key()).CountTogether(8, 500));
}
