using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Conformance;

/// <summary>Persistent state in detail: several writes at once, conflicts with others, and errors of the store.</summary>
public sealed class PersistenceTests(SharedEngine shared) : OnSharedEngine(shared)
{
    [Fact]
    public async Task What_is_written_is_the_state_when_the_store_is_asked()
    {
        Probe.Signal(Key() + " may write second");
        await Grains.GetGrain<IDiaryGrain>(Key()).WriteThenChange("first", "second");
        Assert.Equal(["writes second"], Probe.LogOf(Key()));
    }

    [Fact]
    public async Task Writes_that_are_asked_for_together_are_one()
    {
        Probe.Signal(Key() + " may write second");
        await Grains.GetGrain<IDiaryGrain>(Key()).WriteTwice("first", "second");
        Assert.Equal(["writes second"], Probe.LogOf(Key()));
    }

    [Fact]
    public async Task Writes_of_one_state_come_one_after_another()
    {
        var grain = Grains.GetGrain<IDiaryGrain>(Key());
        Task first = grain.Write("first");
        await Probe.Signalled(Key() + " writes first");
        Task second = grain.Write("second");
        Assert.Equal("second", await grain.Text());
        Assert.Equal(["writes first"], Probe.LogOf(Key()));
        Probe.Signal(Key() + " may write second");
        Probe.Signal(Key() + " may write first");
        await first;
        await second;
        Assert.Equal(["writes first", "writes second"], Probe.LogOf(Key()));
    }

    [Fact]
    public async Task A_write_that_fails_does_not_fail_the_next()
    {
        var grain = Grains.GetGrain<IDiaryGrain>(Key());
        Probe.Signal(Key() + " may write bad");
        Probe.Signal(Key() + " may write good");
        Assert.Equal("OrleansException of IOException", await grain.FailToWrite());
        await grain.Write("good");
        Assert.Equal("good", await grain.Text());
    }

    [Fact]
    public async Task A_state_that_cannot_be_read_fails_the_activation()
    {
        Exception error = await Assert.ThrowsAnyAsync<Exception>(() => Grains.GetGrain<IUnreadableGrain>(Key() + " unreadable").Call());
        Assert.Contains("the disk is gone", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_is_used_only_after_it_was_loaded_and_only_in_turns()
    {
        var grain = Grains.GetGrain<IDiaryGrain>(Key());
        Assert.Equal(nameof(InvalidOperationException), await grain.BeforeLoading());
        Assert.Equal(nameof(InvalidOperationException), await grain.FromOutsideATurn());
    }

    [Fact]
    public async Task Who_was_overtaken_by_another_writer_starts_again_with_what_that_one_wrote()
    {
        var grain = Grains.GetGrain<IStatefulGrain>(Key());
        await grain.Set("mine");
        await WriteBehindTheBackOf(grain, "theirs");
        await Assert.ThrowsAsync<InconsistentStateException>(() => grain.Set("mine again"));
        await Probe.Signalled(Key() + " deactivated");
        Assert.Equal("theirs", await grain.SeenAtStart());
        await grain.Set("in turn");
        Assert.Equal((true, true), await grain.Record());
    }

    [Fact]
    public async Task Clearing_what_another_wrote_is_a_conflict_too()
    {
        var grain = Grains.GetGrain<IStatefulGrain>(Key());
        await grain.Set("mine");
        await WriteBehindTheBackOf(grain, "theirs");
        await Assert.ThrowsAsync<InconsistentStateException>(grain.Clear);
        await Probe.Signalled(Key() + " deactivated");
        Assert.Equal("theirs", await grain.SeenAtStart());
    }

    [Fact]
    public async Task A_cleared_record_is_gone_with_its_etag_and_can_be_written_anew()
    {
        var grain = Grains.GetGrain<IStatefulGrain>(Key());
        await grain.Set("one");
        await grain.Clear();
        Assert.Equal((false, false), await grain.Record());
        await grain.Leave();
        await Probe.Signalled(Key() + " deactivated");
        Assert.Equal("new", await grain.SeenAtStart());
        Assert.Equal((false, false), await grain.Record());
        await grain.Set("two");
        Assert.Equal((true, true), await grain.Record());
    }

    private async Task WriteBehindTheBackOf(IStatefulGrain grain, string text)
    {
        var store = Services.GetRequiredKeyedService<IGrainStorage>("store");
        var state = new GrainState<NoteState>();
        await store.ReadStateAsync("note", grain.GetGrainId(), state);
        state.State = new NoteState { Text = text };
        await store.WriteStateAsync("note", grain.GetGrainId(), state);
    }
}
