using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Conformance;

/// <summary>Behaviour 3 in detail: who overtakes whom when calls of all kinds wait.</summary>
public sealed class AdmissionOrderTests(SharedEngine shared) : OnSharedEngine(shared)
{
    [Fact]
    public async Task Readers_that_wait_overtake_the_writer_between_them()
    {
        var grain = Grains.GetGrain<IGateGrain>(Key());
        Task[] calls =
        [
            grain.Write(Key() + " writer 1"),
            await After(" writer 1", () => grain.Write(Key() + " writer 2")),
            grain.Read(Key() + " reader 1"),
            grain.Write(Key() + " writer 3"),
            grain.Read(Key() + " reader 2"),
        ];
        Probe.Signal(Key() + " writer 1");
        await Probe.Signalled(Key() + " writer 2 reached");
        Assert.False(Probe.IsSignalled(Key() + " reader 1 reached"));
        Probe.Signal(Key() + " writer 2");
        await Probe.Signalled(Key() + " reader 2 reached");
        Assert.True(Probe.IsSignalled(Key() + " reader 1 reached"));
        Assert.False(Probe.IsSignalled(Key() + " writer 3 reached"));
        Probe.Signal(Key() + " reader 1");
        await calls[2];
        await grain.Interleave(Opened(" passes by"));
        Assert.False(Probe.IsSignalled(Key() + " writer 3 reached"));
        Probe.Signal(Key() + " reader 2");
        await Probe.Signalled(Key() + " writer 3 reached");
        Probe.Signal(Key() + " writer 3");
        await Task.WhenAll(calls);
    }

    [Fact]
    public async Task A_reader_waits_for_a_writer_that_runs()
    {
        var grain = Grains.GetGrain<IGateGrain>(Key());
        Task writer = grain.Write(Key() + " writer");
        Task reader = await After(" writer", () => grain.Read(Key() + " reader"));
        await grain.Interleave(Opened(" passes by"));
        Assert.False(Probe.IsSignalled(Key() + " reader reached"));
        Probe.Signal(Key() + " writer");
        await Probe.Signalled(Key() + " reader reached");
        Probe.Signal(Key() + " reader");
        await Task.WhenAll(writer, reader);
    }

    [Fact]
    public async Task What_always_interleaves_does_not_make_the_others_interleave()
    {
        var grain = Grains.GetGrain<IGateGrain>(Key());
        Task interleaving = grain.Interleave(Key() + " interleaving");
        Task first = await After(" interleaving", () => grain.Write(Key() + " first"));
        Task second = await After(" first", () => grain.Write(Key() + " second"));
        await grain.Interleave(Opened(" passes by"));
        Assert.False(Probe.IsSignalled(Key() + " second reached"));
        Probe.Signal(Key() + " first");
        await Probe.Signalled(Key() + " second reached");
        Probe.Signal(Key() + " second");
        Probe.Signal(Key() + " interleaving");
        await Task.WhenAll(interleaving, first, second);
    }

    [Fact]
    public async Task Those_that_wait_run_in_the_order_in_which_they_came()
    {
        var grain = Grains.GetGrain<IGateGrain>(Key());
        Task holding = grain.Write(Key());
        await Probe.Signalled(Key() + " reached");
        var calls = new List<Task>();
        for (int i = 0; i < 30; i++)
        {
            calls.Add(grain.Note(i.ToString()));
            calls.Add(i % 3 == 0 ? grain.Read(Opened($" reader {i}")) : grain.Interleave(Opened($" passes by {i}")));
        }

        Probe.Signal(Key());
        await holding;
        await Task.WhenAll(calls);
        Assert.Equal(Enumerable.Range(0, 30).Select(i => i.ToString()), await grain.Notes());
    }

    private string Opened(string gate, [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        Probe.Signal(test + gate);
        return test + gate;
    }

    /// <summary>Sends the next call once the last one has been admitted.</summary>
    private async Task<Task> After(string gate, Func<Task> send, [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        await Probe.Signalled($"{test}{gate} reached");
        return send();
    }
}
