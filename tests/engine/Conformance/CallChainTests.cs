using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Conformance;

/// <summary>Behaviour 3, open call chains: who may come back, and who may not.</summary>
public sealed class CallChainTests(SharedEngine shared) : OnSharedEngine(shared)
{
    [Fact]
    public async Task A_chain_may_come_back_over_several_others()
    {
        (IRingGrain a, IRingGrain b, IRingGrain c) = Ring();
        Assert.Equal(Key() + " a", await a.ThroughOpen([b, c, a]));
    }

    [Fact]
    public async Task And_again_and_again()
    {
        (IRingGrain a, IRingGrain b, IRingGrain c) = Ring();
        Assert.Equal(Key() + " a", await a.ThroughOpen([b, a, c, a, a]));
    }

    [Fact]
    public async Task Every_grain_that_opened_it_may_be_called_again()
    {
        (IRingGrain a, IRingGrain b, IRingGrain c) = Ring();
        Assert.Equal(Key() + " b", await a.ThroughOpenEverywhere([b, c, a, c, b]));
    }

    [Fact]
    public async Task Strangers_wait_while_a_chain_is_open()
    {
        (IRingGrain a, IRingGrain b, _) = Ring();
        Task<string> chain = a.HoldAndCallOpen(Key(), b);
        await Probe.Signalled(Key() + " reached");
        Task<string> stranger = a.Name();
        Assert.Equal(Key() + " c", await Ring().C.Name());
        Assert.False(stranger.IsCompleted);
        Probe.Signal(Key());
        Assert.Equal(Key() + " a", await chain);
        Assert.Equal(Key() + " a", await stranger);
    }

    [Fact]
    public async Task Another_chain_is_a_stranger_too()
    {
        (IRingGrain a, IRingGrain b, IRingGrain c) = Ring();
        Task<string> chain = a.HoldAndCallOpen(Key(), b);
        await Probe.Signalled(Key() + " reached");
        Task<string> other = c.ThroughOpen([a]);
        Assert.Equal(Key() + " d", await Grains.GetGrain<IRingGrain>(Key() + " d").Name());
        Assert.False(other.IsCompleted);
        Probe.Signal(Key());
        Assert.Equal(Key() + " a", await chain);
        Assert.Equal(Key() + " a", await other);
    }

    private (IRingGrain A, IRingGrain B, IRingGrain C) Ring([System.Runtime.CompilerServices.CallerMemberName] string test = "") =>
        (Grains.GetGrain<IRingGrain>(test + " a"), Grains.GetGrain<IRingGrain>(test + " b"), Grains.GetGrain<IRingGrain>(test + " c"));
}
