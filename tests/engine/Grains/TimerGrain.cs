using Orleans.Concurrency;

namespace RoutingGrid.Engine.Tests.Grains;

public interface ITimerGrain : IGrainWithStringKey
{
    /// <summary>Starts a timer whose ticks tell the probe the time.</summary>
    Task Start(int dueSeconds, int periodSeconds, bool interleave = false, string kind = "plain");

    Task StopTimer();

    Task Change(int dueSeconds, int periodSeconds);

    Task Hold(string gate);

    /// <summary>Waits at the gate and then ends the timer, whose tick may wait meanwhile.</summary>
    Task HoldAndStop(string gate);

    /// <summary>Waits at the gate and then sets the timer anew, while its tick may wait.</summary>
    Task HoldAndChange(string gate, int dueSeconds, int periodSeconds);

    /// <summary>Deactivates and then stays busy until the gate opens.</summary>
    Task GoAndHold(string gate);

    [AlwaysInterleave]
    Task StopTimerNow();

    Task Go();

    [AlwaysInterleave]
    Task Ping();
}

public sealed class TimerGrain(Probe probe, TimeProvider time) : Grain, ITimerGrain
{
    private IGrainTimer? _timer;
    private int _ticks;

    private string Key => this.GetPrimaryKeyString();

    public Task Start(int dueSeconds, int periodSeconds, bool interleave = false, string kind = "plain")
    {
        _timer = this.RegisterGrainTimer(
            Tick, kind, new GrainTimerCreationOptions { DueTime = Span(dueSeconds), Period = Span(periodSeconds), Interleave = interleave, KeepAlive = kind == "keeps alive" });
        return Task.CompletedTask;
    }

    public Task StopTimer()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public Task Change(int dueSeconds, int periodSeconds)
    {
        _timer!.Change(Span(dueSeconds), Span(periodSeconds));
        return Task.CompletedTask;
    }

    public async Task Hold(string gate)
    {
        probe.Signal(gate + " reached");
        await probe.Signalled(gate);
    }

    public async Task HoldAndStop(string gate)
    {
        await Hold(gate);
        _timer!.Dispose();
    }

    public async Task HoldAndChange(string gate, int dueSeconds, int periodSeconds)
    {
        await Hold(gate);
        await Change(dueSeconds, periodSeconds);
    }

    public async Task GoAndHold(string gate)
    {
        DeactivateOnIdle();
        await Hold(gate);
    }

    public Task StopTimerNow() => StopTimer();

    public Task Go()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task Ping() => Task.CompletedTask;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Write(Key + " ends");
        return Task.CompletedTask;
    }

    private static TimeSpan Span(int seconds) => seconds < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(seconds);

    private Task Tick(string kind, CancellationToken cancellation)
    {
        int tick = ++_ticks;
        probe.Write($"{Key} tick {tick} at {time.GetUtcNow():HH:mm:ss}");
        return kind == "throws at once" ? throw new InvalidOperationException("a tick that fails at once") : Tick(kind, tick, cancellation);
    }

    private async Task Tick(string kind, int tick, CancellationToken cancellation)
    {
        probe.Signal($"{Key} tick {tick}");
        switch (kind)
        {
            case "slow":
                await Task.Delay(TimeSpan.FromSeconds(3), time, cancellation);
                break;
            case "fails":
                throw new InvalidOperationException("a tick that fails");
            case "conflicts":
                throw new Orleans.Storage.InconsistentStateException("a tick that conflicts");
            case "waits":
                using (cancellation.Register(() => probe.Signal(Key + " tick cancelled")))
                {
                    await probe.Signalled(Key + " tick gate");
                }

                break;
            case "changes":
                _timer!.Change(TimeSpan.FromSeconds(30), Timeout.InfiniteTimeSpan);
                break;
            case "ends":
            case "ends at the third" when tick == 3:
                _timer!.Dispose();
                break;
            case "fails at the end":
                cancellation.Register(static () => throw new InvalidOperationException("what fails when the timer ends"));
                break;
        }
    }
}

public interface IRefusedTimerGrain : IGrainWithStringKey
{
    Task Start(int milliseconds);
}

public sealed class RefusedTimerGrain : Grain, IRefusedTimerGrain
{
    public Task Start(int milliseconds)
    {
        this.RegisterGrainTimer(static () => Task.CompletedTask, TimeSpan.FromMilliseconds(milliseconds), TimeSpan.FromSeconds(1));
        return Task.CompletedTask;
    }
}
