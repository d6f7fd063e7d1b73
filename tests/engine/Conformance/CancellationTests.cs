using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Conformance;

/// <summary>Cancellation of calls, over several hops and against those who do not listen.</summary>
public sealed class CancellationTests(SharedEngine shared) : OnSharedEngine(shared)
{
    [Fact]
    public async Task It_goes_down_the_chain()
    {
        ICancellableGrain[] chain = [.. Enumerable.Range(0, 3).Select(i => Grains.GetGrain<ICancellableGrain>($"{Key()} {i}"))];
        using var cancellation = new CancellationTokenSource();
        Task call = chain[0].WaitAlong(Key(), chain[1..], cancellation.Token);
        await Probe.Signalled(Key() + " 0 waits");
        cancellation.Cancel();
        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(cancellation.Token, error.CancellationToken);
        Assert.True(call.IsCanceled);
        await Probe.Signalled(Key() + " 2 cancelled, token True");
        await Probe.Signalled(Key() + " 1 cancelled, token True");
        await Probe.Signalled(Key() + " 0 cancelled, token True");
    }

    [Fact]
    public async Task The_caller_does_not_wait_for_who_does_not_listen()
    {
        var grain = Grains.GetGrain<ICancellableGrain>(Key());
        using var cancellation = new CancellationTokenSource();
        Task<bool> call = grain.IgnoreIt(Key(), cancellation.Token);
        await Probe.Signalled(Key() + " reached");
        cancellation.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.False(Probe.IsSignalled(Key() + " over"));
        Probe.Signal(Key());
        await Probe.Signalled(Key() + " over");
        Assert.Equal(1, await grain.CompletedCalls());
    }

    [Fact]
    public async Task Cancelling_after_the_answer_changes_nothing()
    {
        var grain = Grains.GetGrain<ICancellableGrain>(Key());
        using var cancellation = new CancellationTokenSource();
        Probe.Signal(Key());
        Task<bool> call = grain.IgnoreIt(Key(), cancellation.Token);
        Assert.False(await call);
        cancellation.Cancel();
        Assert.True(call.IsCompletedSuccessfully);
        Assert.Equal(1, await grain.CompletedCalls());
    }

    [Fact]
    public async Task One_token_cancels_all_its_calls()
    {
        using var cancellation = new CancellationTokenSource();
        Task[] calls = [.. Enumerable.Range(0, 10).Select(i => Grains.GetGrain<ICancellableGrain>($"{Key()} {i}").WaitAlong($"{Key()} {i}", [], cancellation.Token))];
        for (int i = 0; i < calls.Length; i++)
        {
            await Probe.Signalled($"{Key()} {i} 0 waits");
        }

        cancellation.Cancel();
        for (int i = 0; i < calls.Length; i++)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => calls[i]);
            await Probe.Signalled($"{Key()} {i} 0 cancelled, token True");
        }
    }

    [Fact]
    public async Task A_call_that_times_out_is_not_cancelled_unless_that_is_set()
    {
        var grain = Grains.GetGrain<ICancellableGrain>(Key());
        using var cancellation = new CancellationTokenSource();
        Task call = grain.WaitTooLong(Key(), cancellation.Token);
        await Assert.ThrowsAsync<TimeoutException>(() => call);
        Probe.Signal(Key() + " gate");
        await Probe.Signalled(Key() + " over, token False");
        Assert.False(Probe.IsSignalled(Key() + " cancelled"));
    }

    [Fact]
    public async Task Without_a_token_nothing_can_be_cancelled()
    {
        var grain = Grains.GetGrain<ICancellableGrain>(Key());
        using var cancellation = new CancellationTokenSource();
        Assert.True(await grain.CanBeCancelled(cancellation.Token));
        _ = await grain.CanBeCancelled();
    }
}
