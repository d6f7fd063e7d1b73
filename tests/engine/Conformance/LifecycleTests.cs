using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Conformance;

/// <summary>Behaviours 1 and 6 in detail: what an activation goes through, in order, and what it sees of itself.</summary>
public sealed class LifecycleTests(SharedEngine shared) : OnSharedEngine(shared)
{
    [Fact]
    public async Task A_life_has_an_order()
    {
        var grain = Grains.GetGrain<IOrderlyGrain>(Key());
        await grain.Call();
        await grain.End("enough", "too late");
        await Probe.Signalled(Key() + " scope disposed");
        await Probe.Signalled(Key() + " is over");
        Assert.Equal(
            [
                "constructed", "activated, can be cancelled", "called", "deactivated: ApplicationError enough, can be cancelled", "disposed", "scope disposed",
            ],
            Probe.LogOf(Key()));
    }

    [Fact]
    public async Task The_context_is_that_of_the_activation() =>
        Assert.Empty(await Grains.GetGrain<IOrderlyGrain>(Key()).LookAtContext());

    [Fact]
    public async Task Each_activation_has_a_scope_of_its_own()
    {
        var first = Grains.GetGrain<IOrderlyGrain>(Key() + " 1");
        var second = Grains.GetGrain<IOrderlyGrain>(Key() + " 2");
        await first.Call();
        await second.Call();
        await first.End("", "");
        await Probe.Signalled(Key() + " 1 scope disposed");
        Assert.DoesNotContain("scope disposed", Probe.LogOf(Key() + " 2"));
        Assert.Empty(await second.LookAtContext());
    }

    [Fact]
    public async Task All_calls_that_wait_for_a_failed_activation_get_its_exception()
    {
        var grain = Grains.GetGrain<IStubbornGrain>(Key());
        Task<string> first = grain.Answer();

        // From here on the others wait for this very activation: on Orleans a call has to find it first.
        await Probe.Signalled(Key() + " reached");
        Task<string>[] calls = [first, .. Enumerable.Range(0, 20).Select(_ => grain.Answer())];
        Probe.Signal(Key() + " gate");
        foreach (Task<string> call in calls)
        {
            Assert.Equal("not today", (await Assert.ThrowsAsync<InvalidOperationException>(() => call)).Message);
        }

        Assert.Equal("yes", await grain.Answer());
        Assert.Equal(2, Probe.CountOf(Key()));
    }

    [Fact]
    public async Task A_grain_that_ends_while_it_starts_is_not_told_of_its_end_and_the_next_one_answers()
    {
        var grain = Grains.GetGrain<ISelfEndingGrain>(Key());
        Assert.Equal(2, await grain.Number());
        Assert.Equal(["starting was cancelled"], Probe.LogOf(Key()));
    }

    [Fact]
    public async Task A_start_that_takes_too_long_is_given_up()
    {
        await using TestEngine engine = await TestEngine.Start(static options => options.ActivationTimeout = TimeSpan.FromMilliseconds(200));
        var grain = engine.Grains.GetGrain<IStuckGrain>("stuck");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(grain.Number);
        await engine.Probe.Signalled("stuck cancelled");
        Assert.Equal(2, await grain.Number());
    }

    [Fact]
    public async Task An_end_that_takes_too_long_is_given_up()
    {
        await using TestEngine engine = await TestEngine.Start(static options => options.DeactivationTimeout = TimeSpan.FromMilliseconds(200));
        var grain = engine.Grains.GetGrain<IStuckGrain>("hangs");
        await grain.EndAndHang();
        Assert.Equal(2, await grain.Number());
        await engine.Probe.Signalled("hangs cancelled");
    }

    [Fact]
    public async Task A_going_activation_admits_nothing_not_even_what_interleaves()
    {
        var grain = Grains.GetGrain<ILeavingGrain>(Key());
        int first = await grain.Number();
        Task going = grain.GoAndHold(Key());
        await Probe.Signalled(Key() + " reached");
        Task<int> interleaving = grain.NumberNow();
        Task<int> plain = grain.Number();
        Assert.False(interleaving.IsCompleted);
        Probe.Signal(Key());
        await going;
        Assert.NotEqual(first, await interleaving);
        Assert.Equal(await interleaving, await plain);
        Assert.Equal(1, Probe.CountOf(Key() + " ends"));
    }

    [Fact]
    public async Task The_next_activation_waits_until_the_last_has_ended()
    {
        var grain = Grains.GetGrain<ILeavingGrain>(Key());
        int first = await grain.Number();
        await grain.Go("waits");
        await Probe.Signalled(Key() + " ending");
        Task<int> next = grain.Number();
        Task<int> now = grain.NumberNow();
        Assert.False(next.IsCompleted);
        Assert.False(now.IsCompleted);
        Probe.Signal(Key() + " may end");
        Assert.NotEqual(first, await next);
        Assert.Equal(await next, await now);
    }

    [Fact]
    public async Task An_end_that_throws_ends_all_the_same()
    {
        var grain = Grains.GetGrain<ILeavingGrain>(Key());
        int first = await grain.Number();
        await grain.Go("throws");
        Assert.NotEqual(first, await grain.Number());
    }

    [Fact]
    public async Task A_grain_may_call_others_while_it_ends()
    {
        var other = Grains.GetGrain<ILeavingGrain>(Key() + " other");
        await Grains.GetGrain<ILeavingGrain>(Key()).Go("calls", other);
        await Probe.Signalled(Key() + " called");
    }
}
