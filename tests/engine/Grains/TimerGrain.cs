using Orleans.Concurrency;

namespace RoutingGrid.Engine.Tests.Grains;

public interface ITimerGrain : IGrainWithStringKey
{
    /// <summary>Starts a timer whose ticks tell the probe the time.</summary>
    Task Start(int dueSeconds, int periodSeconds, bool interleave = false, string kind = "plain");

    Task StopTimer();

    Task Change(int dueSeconds, int periodSeconds);

    Task Hold(string gate);

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

    private async Task Tick(string kind, CancellationToken cancellation)
    {
        int tick = ++_ticks;
        probe.Write($"{Key} tick {tick} at {time.GetUtcNow():HH:mm:ss}");
        probe.Signal($"{Key} tick {tick}");
        switch (kind)
        {
            case "slow":
                await Task.Delay(TimeSpan.FromSeconds(3), time, cancellation);
                break;
            case "fails":
                throw new InvalidOperationException("a tick that fails");
            case "changes":
                _timer!.Change(TimeSpan.FromSeconds(30), Timeout.InfiniteTimeSpan);
                break;
            case "ends":
                _timer!.Dispose();
                break;
        }
    }
}

/// <summary>Wakes up by reminders.</summary>
public interface IReminderGrain : IGrainWithStringKey
{
    Task Remind(string name, TimeSpan due, TimeSpan period);

    Task<string[]> Names();

    Task<bool> Has(string name);

    Task Forget(string name);
}

public sealed class ReminderGrain(Probe probe, TimeProvider time) : Grain, IReminderGrain, IRemindable
{
    public Task Remind(string name, TimeSpan due, TimeSpan period) => this.RegisterOrUpdateReminder(name, due, period);

    public async Task<string[]> Names() => [.. (await this.GetReminders()).Select(reminder => reminder.ReminderName).Order(StringComparer.Ordinal)];

    public async Task<bool> Has(string name) => await this.GetReminder(name) is not null;

    public async Task Forget(string name)
    {
        if (await this.GetReminder(name) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        int tick = probe.Count($"{this.GetPrimaryKeyString()} {reminderName}");
        probe.Write($"{this.GetPrimaryKeyString()} {reminderName} {tick} at {time.GetUtcNow():HH:mm:ss}");
        probe.Signal($"{this.GetPrimaryKeyString()} {reminderName} {tick}");
        return Task.CompletedTask;
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
