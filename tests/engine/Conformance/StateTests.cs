using Orleans.Storage;
using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Conformance;

/// <summary>Persistent state, and behaviour 7: a conflict that escapes from a method ends its activation.</summary>
public sealed class StateTests(SharedEngine shared) : OnSharedEngine(shared)
{
    [Fact]
    public async Task Only_what_was_written_is_kept()
    {
        var grain = Grains.GetGrain<IStatefulGrain>(Key());
        Assert.Equal((false, false), await grain.Record());
        await grain.Set("one");
        Assert.Equal((true, true), await grain.Record());
        await grain.ChangeWithoutWriting("two");
        Assert.Equal("one,one,other one", await grain.Reread());
    }

    [Fact]
    public async Task A_cleared_state_is_new_again()
    {
        var grain = Grains.GetGrain<IStatefulGrain>(Key());
        await grain.Set("one");
        Assert.Equal("new,False", await grain.Clear());
        await grain.Set("two");
        Assert.Equal("two,two,other two", await grain.Reread());
    }

    [Fact]
    public async Task A_conflict_that_escapes_ends_the_activation()
    {
        var grain = Grains.GetGrain<IConflictGrain>(Key());
        int first = await grain.Number();
        await Assert.ThrowsAsync<InconsistentStateException>(grain.Write);
        int second = await grain.Number();
        Assert.NotEqual(first, second);
        await Assert.ThrowsAsync<InconsistentStateException>(grain.Throw);
        Assert.NotEqual(second, await grain.Number());
    }

    [Fact]
    public async Task A_conflict_that_is_caught_does_not()
    {
        var grain = Grains.GetGrain<IConflictGrain>(Key());
        int first = await grain.Number();
        await grain.WriteAndCatch();
        Assert.Equal(first, await grain.Number());
    }

    [Fact]
    public async Task Callers_who_let_it_pass_stay()
    {
        var caller = Grains.GetGrain<IConflictGrain>(Key() + " caller");
        var callee = Grains.GetGrain<IConflictGrain>(Key() + " callee");
        int callerNumber = await caller.Number();
        int calleeNumber = await callee.Number();
        await Assert.ThrowsAsync<InconsistentStateException>(() => caller.WriteThrough(callee));
        Assert.Equal(callerNumber, await caller.Number());
        Assert.NotEqual(calleeNumber, await callee.Number());
    }
}
