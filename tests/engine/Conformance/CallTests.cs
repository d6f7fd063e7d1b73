using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Conformance;

/// <summary>One-way calls, timeouts, cancellation and stateless workers.</summary>
public sealed class CallTests(SharedEngine shared) : OnSharedEngine(shared)
{
    [Fact]
    public async Task Nobody_waits_for_a_one_way_call()
    {
        var grain = Grains.GetGrain<IPatientGrain>(Key());
        await grain.Hurry(Key());
        Probe.Signal(Key());
        await Probe.Signalled(Key() + " over");
    }

    [Fact]
    public async Task Errors_of_one_way_calls_hurt_nobody()
    {
        var grain = Grains.GetGrain<IPatientGrain>(Key());
        await grain.FailQuietly(Key() + " failed");
        await Probe.Signalled(Key() + " failed");
        Probe.Signal(Key() + " gate");
        await grain.Hold(Key() + " gate");
    }

    [Fact]
    public async Task A_method_may_set_its_own_timeout_and_the_callee_goes_on()
    {
        var grain = Grains.GetGrain<IPatientGrain>(Key());
        await Assert.ThrowsAsync<TimeoutException>(() => grain.TakeLong(Key()));
        Probe.Signal(Key());
        await Probe.Signalled(Key() + " over");
    }

    [Fact]
    public async Task A_call_that_timed_out_while_it_waited_never_runs()
    {
        var grain = Grains.GetGrain<IPatientGrain>(Key());
        Task holding = grain.Hold(Key() + " hold");
        await Probe.Signalled(Key() + " hold reached");
        Probe.Signal(Key());
        await Assert.ThrowsAsync<TimeoutException>(() => grain.TakeLong(Key()));
        Probe.Signal(Key() + " hold");
        await holding;
        await grain.Hold(Key() + " hold");
        Assert.False(Probe.IsSignalled(Key() + " over"));
    }

    [Fact]
    public async Task Cancelling_ends_the_call_and_reaches_the_callee()
    {
        using var cancellation = new CancellationTokenSource();
        Task call = Grains.GetGrain<IPatientGrain>(Key()).WaitUntilCancelled(Key(), cancellation.Token);
        await Probe.Signalled(Key() + " waits");
        cancellation.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Probe.Signalled(Key() + " cancelled");
    }

    [Fact]
    public async Task A_cancelled_token_is_not_sent()
    {
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Grains.GetGrain<IPatientGrain>(Key()).WaitUntilCancelled(Key(), cancelled));
        Assert.False(Probe.IsSignalled(Key() + " waits"));
    }

    [Fact]
    public async Task A_waiting_call_that_is_cancelled_ends_at_once()
    {
        var grain = Grains.GetGrain<IPatientGrain>(Key());
        Task holding = grain.Hold(Key() + " hold");
        await Probe.Signalled(Key() + " hold reached");
        using var cancellation = new CancellationTokenSource();
        Task call = grain.WaitUntilCancelled(Key(), cancellation.Token);
        cancellation.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Probe.Signal(Key() + " hold");
        await holding;
        await grain.Hold(Key() + " hold");
#if !ORLEANS
        // Stricter: on Orleans the word of the cancellation can come after the call was admitted, and then cancels it while it runs.
        Assert.False(Probe.IsSignalled(Key() + " waits"));
#endif
    }

    [Fact]
    public async Task The_callee_is_cancelled_on_its_own_turn()
    {
        using var cancellation = new CancellationTokenSource();
        Task<bool> call = Grains.GetGrain<IPatientGrain>(Key()).CancelledInTurn(Key(), cancellation.Token);
        await Probe.Signalled(Key() + " waits");
        cancellation.Cancel();
        await Probe.Signalled(Key() + " in turn");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Stateless_workers_share_the_work_up_to_their_number()
    {
        var worker = Grains.GetGrain<IWorkerGrain>(Key());
        Task<int>[] calls = [.. Enumerable.Range(0, 6).Select(_ => worker.Work(Key()))];
        await Probe.Signalled(Key() + " 3");
        Assert.False(Probe.IsSignalled(Key() + " 4"));
        Probe.Signal(Key());
        int[] workers = await Task.WhenAll(calls);
        Assert.Equal(3, workers.Distinct().Count());
    }
}
