using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Conformance;

/// <summary>Behaviour 1: one activation per grain id, and how it begins.</summary>
public sealed class ActivationTests(SharedEngine shared) : OnSharedEngine(shared)
{
    [Fact]
    public async Task A_grain_answers_under_its_key()
    {
        var grain = Grains.GetGrain<IBasicGrain>("a/b c");
        Assert.Equal("a/b c", await grain.Key());
        Assert.Equal("a/b c", grain.GetPrimaryKeyString());
        Assert.Equal(1, await grain.Add(1));
        Assert.Equal(3, await grain.AddSlowly(2));
        Assert.Equal(6, await grain.AddQuickly(3));
        await grain.Nothing();
        await grain.NothingQuickly();
    }

    [Fact]
    public async Task Keys_may_be_guids_and_integers()
    {
        var guid = Guid.Parse("6f9b1f0e-8f4b-4f4f-9c39-0d7a2f3a1b2c");
        Assert.Equal(guid, await Grains.GetGrain<IPlainGrain>(guid).Key());
        Assert.Equal(-7, await Grains.GetGrain<INumberedGrain>(-7).Key());
        Assert.Equal(long.MaxValue, Grains.GetGrain<INumberedGrain>(long.MaxValue).GetPrimaryKeyLong());
    }

    [Fact]
    public async Task References_to_one_grain_are_equal()
    {
        var grain = Grains.GetGrain<INumberedGrain>(11);
        INumberedGrain self = await grain.Self();
        Assert.Equal(grain, self);
        Assert.Equal(grain.GetHashCode(), self.GetHashCode());
        Assert.NotEqual(grain, Grains.GetGrain<INumberedGrain>(12));
        Assert.Equal(11, await self.Key());
        Assert.Equal(grain.GetGrainId(), self.GetGrainId());
    }

    [Fact]
    public async Task An_interface_without_a_class_is_refused()
    {
        await Task.CompletedTask;
        Assert.ThrowsAny<ArgumentException>(() => Grains.GetGrain<IUnimplementedGrain>("x"));
    }

    [Fact]
    public async Task First_calls_that_come_together_meet_in_one_activation()
    {
        var grain = Grains.GetGrain<ILifeGrain>(Key());
        int[] numbers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => grain.Number())));
        Assert.Single(numbers.Distinct());
        Assert.Equal(1, Probe.CountOf(Key() + " activated"));
    }

    [Fact]
    public async Task Services_come_from_a_scope_of_the_activation()
    {
        Assert.Equal("same", await Grains.GetGrain<ILifeGrain>(Key()).Scoped());
    }

    [Fact]
    public async Task A_failed_activation_fails_the_calls_that_wait_for_it_and_the_next_call_starts_another()
    {
        var grain = Grains.GetGrain<IStubbornGrain>(Key());
        Task<string> first = grain.Answer();
        await Probe.Signalled(Key() + " reached");
        Task<string> second = grain.Answer();
        Probe.Signal(Key() + " gate");
        Assert.Equal("not today", (await Assert.ThrowsAsync<InvalidOperationException>(() => first)).Message);
        Assert.Equal("not today", (await Assert.ThrowsAsync<InvalidOperationException>(() => second)).Message);
        Assert.Equal("yes", await grain.Answer());
    }

    [Fact]
    public async Task A_constructor_that_throws_fails_the_call()
    {
        var grain = Grains.GetGrain<IBrokenGrain>(Key());
        Exception error = await Assert.ThrowsAnyAsync<Exception>(grain.Call);
        Assert.Contains("broken", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task State_is_loaded_before_the_grain_starts()
    {
        var grain = Grains.GetGrain<IStatefulGrain>(Key());
        Assert.Equal("new", await grain.SeenAtStart());
        await grain.Set("kept");
        await grain.Leave();
        await Probe.Signalled(Key() + " deactivated");
        Assert.Equal("kept", await grain.SeenAtStart());
    }
}

public interface IUnimplementedGrain : IGrainWithStringKey
{
    Task Call();
}
