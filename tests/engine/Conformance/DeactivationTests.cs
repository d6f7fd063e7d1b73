using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Conformance;

/// <summary>Behaviour 6: how an activation ends.</summary>
public sealed class DeactivationTests(SharedEngine shared) : OnSharedEngine(shared)
{
    [Fact]
    public async Task The_next_call_after_the_end_starts_another_activation()
    {
        var grain = Grains.GetGrain<ILifeGrain>(Key());
        int first = await grain.Number();
        await grain.Go();
        Assert.NotEqual(first, await grain.Number());
        Assert.Contains(Key() + " ApplicationRequested", Probe.Log);
        Assert.Contains("scope disposed", Probe.Log);
    }

    [Fact]
    public async Task Running_calls_finish_first()
    {
        var grain = Grains.GetGrain<ILifeGrain>(Key());
        int first = await grain.Number();
        Task running = grain.WaitFor(Key());
        await Probe.Signalled(Key() + " reached");
        await grain.GoNow();
        Task<int> next = grain.Number();
        Assert.False(next.IsCompleted);
        Assert.False(Probe.IsSignalled(Key() + " deactivated"));
        Probe.Signal(Key());
        await running;
        Assert.NotEqual(first, await next);
        Assert.True(Probe.IsSignalled(Key() + " deactivated"));
    }

    [Fact]
    public async Task Waiting_calls_go_to_the_next_activation_in_order()
    {
        var grain = Grains.GetGrain<ILifeGrain>(Key());
        int first = await grain.Number();
        Task running = grain.GoAndWaitFor(Key());
        await Probe.Signalled(Key() + " reached");
        Task<int>[] waiting = [.. Enumerable.Range(0, 10).Select(_ => grain.Number())];
        Probe.Signal(Key());
        await running;
        int[] numbers = await Task.WhenAll(waiting);
        Assert.Single(numbers.Distinct());
        Assert.DoesNotContain(first, numbers);
    }

    [Fact]
    public async Task Going_in_the_very_first_call_works()
    {
        var grain = Grains.GetGrain<ILifeGrain>(Key());
        await grain.Go();
        await Probe.Signalled(Key() + " deactivated");
        await grain.Number();
    }

    [Fact]
    public async Task Stopping_the_host_ends_all_activations()
    {
        await using TestEngine engine = await TestEngine.Start();
        await engine.Grains.GetGrain<ILifeGrain>("a").Number();
        await engine.Grains.GetGrain<ILifeGrain>("b").Number();
        await engine.Stop();
        Assert.Contains("a ShuttingDown", engine.Probe.Log);
        Assert.Contains("b ShuttingDown", engine.Probe.Log);
    }

    [Fact]
    public async Task Grains_that_wake_each_other_by_messages_do_not_keep_the_host_from_stopping()
    {
        await using TestEngine engine = await TestEngine.Start();
        _ = engine.Grains.GetGrain<IHubGrain>("hub").Hear();
        await engine.Probe.Signalled("the spokes are told");
        await engine.Stop();
        // One more may have been on its way already.
        Assert.InRange(engine.Probe.CountOf("hubs"), 1, 2);
    }
}
