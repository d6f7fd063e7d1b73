using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Conformance;

/// <summary>Behaviour 3: which calls run and which wait.</summary>
public sealed class AdmissionTests(SharedEngine shared) : OnSharedEngine(shared)
{
    [Fact]
    public async Task Calls_wait_for_the_one_that_runs_and_then_run_in_order()
    {
        var grain = Grains.GetGrain<IGateGrain>(Key());
        Task first = grain.Write(Key());
        await Probe.Signalled(Key() + " reached");
        Task[] notes = [.. Enumerable.Range(0, 20).Select(i => grain.Note(i.ToString()))];
        Assert.DoesNotContain(notes, note => note.IsCompleted);
        Probe.Signal(Key());
        await first;
        await Task.WhenAll(notes);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => i.ToString()), await grain.Notes());
    }

    [Fact]
    public async Task Always_interleaving_calls_never_wait()
    {
        var grain = Grains.GetGrain<IGateGrain>(Key());
        Task write = grain.Write(Key() + " write");
        await Probe.Signalled(Key() + " write reached");
        Task interleaved = grain.Interleave(Key() + " interleaved");
        await Probe.Signalled(Key() + " interleaved reached");
        Probe.Signal(Key() + " interleaved");
        await interleaved;
        Assert.False(write.IsCompleted);
        Probe.Signal(Key() + " write");
        await write;
    }

    [Fact]
    public async Task Others_do_not_wait_for_always_interleaving_calls()
    {
        var grain = Grains.GetGrain<IGateGrain>(Key());
        Task interleaved = grain.Interleave(Key());
        await Probe.Signalled(Key() + " reached");
        await grain.Note("meanwhile");
        Probe.Signal(Key());
        await interleaved;
    }

    [Fact]
    public async Task Read_only_calls_run_together_and_writers_wait()
    {
        var grain = Grains.GetGrain<IGateGrain>(Key());
        Task first = grain.Read(Key() + " 1");
        await Probe.Signalled(Key() + " 1 reached");
        Task writer = grain.Write(Key() + " writer");
        Task second = grain.Read(Key() + " 2");
        await Probe.Signalled(Key() + " 2 reached");
        Assert.False(Probe.IsSignalled(Key() + " writer reached"));
        Probe.Signal(Key() + " 2");
        Probe.Signal(Key() + " 1");
        Probe.Signal(Key() + " writer");
        await Task.WhenAll(first, second, writer);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public async Task A_writer_waits_until_the_last_of_the_readers_ended(int endsFirst, int endsLast)
    {
        string key = Key() + endsFirst;
        var grain = Grains.GetGrain<IGateGrain>(key);
        Task[] readers = [grain.Read(key + " 1"), grain.Read(key + " 2")];
        await Probe.Signalled(key + " 1 reached");
        await Probe.Signalled(key + " 2 reached");
        Task writer = grain.Write(key + " writer");
        Probe.Signal($"{key} {endsFirst}");
        await readers[endsFirst - 1];
        Probe.Signal(key + " passes by");
        await grain.Interleave(key + " passes by");
        Assert.False(Probe.IsSignalled(key + " writer reached"));
        Probe.Signal($"{key} {endsLast}");
        await Probe.Signalled(key + " writer reached");
        Probe.Signal(key + " writer");
        await Task.WhenAll([.. readers, writer]);
    }

    [Fact]
    public async Task A_reader_waits_for_a_writer_whom_an_open_chain_let_in_beside_other_readers()
    {
        var grain = Grains.GetGrain<IGateGrain>(Key());
        Task first = grain.ReadAndWrite(Key() + " writer");
        await Probe.Signalled(Key() + " writer reached");
        Task second = grain.Read(Key() + " second");
        Probe.Signal(Key() + " passes by");
        await grain.Interleave(Key() + " passes by");
        Assert.False(Probe.IsSignalled(Key() + " second reached"));
        Probe.Signal(Key() + " writer");
        await first;
        await Probe.Signalled(Key() + " second reached");
        Probe.Signal(Key() + " second");
        await second;
    }

    [Fact]
    public async Task Who_came_by_an_open_chain_holds_the_others_up_when_its_caller_has_ended()
    {
        var grain = Grains.GetGrain<IGateGrain>(Key());
        await grain.StartToWrite(Key() + " writer");
        Task note = grain.Note("afterwards");
        Probe.Signal(Key() + " passes by");
        await grain.Interleave(Key() + " passes by");
        Assert.False(note.IsCompleted);
        Probe.Signal(Key() + " writer");
        await note;
    }

    [Fact]
    public async Task Calls_of_a_reentrant_class_interleave()
    {
        var grain = Grains.GetGrain<IReentrantGateGrain>(Key());
        Task first = grain.Write(Key() + " 1");
        await Probe.Signalled(Key() + " 1 reached");
        Task second = grain.Write(Key() + " 2");
        await Probe.Signalled(Key() + " 2 reached");
        await grain.Note("meanwhile");
        Probe.Signal(Key() + " 1");
        Probe.Signal(Key() + " 2");
        await Task.WhenAll(first, second);
    }

    [Fact]
    public async Task An_open_call_chain_may_come_back()
    {
        var a = Grains.GetGrain<IRingGrain>(Key() + " a");
        var b = Grains.GetGrain<IRingGrain>(Key() + " b");
        Assert.Equal(Key() + " a", await a.ThroughOpen([b, a]));
    }

    [Fact]
    public async Task A_call_that_is_sent_and_forgotten_may_come_back_later()
    {
        var a = Grains.GetGrain<IRingGrain>(Key() + " a");
        var b = Grains.GetGrain<IRingGrain>(Key() + " b");
        Task sending = a.SendAndForget(b, Key());
        await Probe.Signalled(Key() + " b calls back");
        Probe.Signal(Key());
        await sending;
        await Probe.Signalled(Key() + " done");
    }
}
