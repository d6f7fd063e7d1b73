using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Conformance;

/// <summary>Behaviour 4, the request context: down with the call, never back, never aside.</summary>
public sealed class ContextTests(SharedEngine shared) : OnSharedEngine(shared)
{
    [Fact]
    public async Task It_flows_down_the_chain_and_each_sees_what_those_before_it_added()
    {
        IContextGrain[] chain = [.. Enumerable.Range(0, 4).Select(i => Grains.GetGrain<IContextGrain>($"{Key()} {i}"))];
        RequestContext.Set("who", "me");
        Assert.Equal(["me", "me+", "me++", "me+++"], await chain[0].ReadAlong("who", chain[1..]));
        Assert.Equal("me", RequestContext.Get("who"));
    }

    [Fact]
    public async Task It_does_not_come_back()
    {
        var grain = Grains.GetGrain<IContextGrain>(Key());
        Assert.Equal("mine", await grain.SetThenCallThenRead("who", Grains.GetGrain<IContextGrain>(Key() + " other")));
        Assert.Null(RequestContext.Get("who"));
    }

    [Fact]
    public async Task It_is_what_it_was_when_the_call_was_made() =>
        Assert.Equal(
            ["first", "second", "nothing"],
            await Grains.GetGrain<IContextGrain>(Key()).Twice("who", Grains.GetGrain<IContextGrain>(Key() + " other")));

    [Fact]
    public async Task The_start_of_a_grain_sees_that_of_the_first_caller()
    {
        var grain = Grains.GetGrain<IContextGrain>(Key());
        RequestContext.Set("who", "the first");
        Assert.Equal("the first", await grain.SeenAtStart());
        RequestContext.Set("who", "the second");
        Assert.Equal("the first", await grain.SeenAtStart());
    }

    [Fact]
    public async Task What_the_start_sets_no_call_sees()
    {
        var grain = Grains.GetGrain<IContextGrain>(Key());
        Assert.Null(await grain.Read("left by the start"));
        Assert.Null(await grain.Read("left by the start"));
        RequestContext.Set("who", "me");
        Assert.Null(await Grains.GetGrain<IContextGrain>(Key() + " other").Read("left by the start"));
    }

    [Fact]
    public async Task What_one_call_sets_the_next_does_not_see()
    {
        var grain = Grains.GetGrain<IContextGrain>(Key());
        for (int i = 0; i < 20; i++)
        {
            await grain.Litter("litter");
            Assert.Null(await grain.Read("litter"));
            Assert.Null(RequestContext.Get("litter"));
        }
    }

    [Fact]
    public async Task Timers_see_none()
    {
        RequestContext.Set("who", "me");
        await Grains.GetGrain<IContextGrain>(Key()).TickOnce();
        await Probe.Signalled(Key() + " tick saw nothing");
    }
}
