using RoutingGrid.Engine.Tests.Stress;

namespace RoutingGrid.Engine.Tests.Grains;

/// <summary>Starts, changes and ends timers and reminders without rest, and watches over every tick.</summary>
public interface IRestlessGrain : IGrainWithStringKey
{
    Task StartTimer(int dueSeconds, int periodSeconds, bool interleave);

    Task ChangeTimer(int which, int dueSeconds, int periodSeconds);

    Task EndTimer(int which);

    Task EndAll();

    Task Remind(string name, int dueSeconds);

    Task Forget(string name);

    Task Work();

    Task Leave();
}

public sealed class RestlessGrain(Ledger ledger) : Grain, IRestlessGrain, IRemindable
{
    private readonly List<Watched> _timers = [];
    private bool _busy;
    private bool _ticking;
    private bool _ended;

    private string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        ledger.Begin(Key);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _ended = true;
        ledger.Check(_timers.TrueForAll(static timer => timer.HasEnded || timer.Token is not { IsCancellationRequested: false }), "timers end before the grain");
        await Task.Yield();
        await Task.Run(static () => { });
        ledger.End(Key);
    }

    public async Task StartTimer(int dueSeconds, int periodSeconds, bool interleave)
    {
        await Work();
        var watched = new Watched { Interleaves = interleave };
        watched.Timer = this.RegisterGrainTimer(
            Tick, watched, new GrainTimerCreationOptions(TimeSpan.FromSeconds(dueSeconds), TimeSpan.FromSeconds(periodSeconds)) { Interleave = interleave });
        _timers.Add(watched);
    }

    public async Task ChangeTimer(int which, int dueSeconds, int periodSeconds)
    {
        await Work();
        if (_timers.Count > 0)
        {
            _timers[which % _timers.Count].Timer!.Change(TimeSpan.FromSeconds(dueSeconds), TimeSpan.FromSeconds(periodSeconds));
        }
    }

    public async Task EndTimer(int which)
    {
        await Work();
        if (_timers.Count > 0)
        {
            _timers[which % _timers.Count].End();
            _timers.RemoveAt(which % _timers.Count);
        }
    }

    public async Task EndAll()
    {
        await Work();
        _timers.ForEach(static timer => timer.End());
        _timers.Clear();
        foreach (IGrainReminder reminder in await this.GetReminders())
        {
            await this.UnregisterReminder(reminder);
        }
    }

    public async Task Remind(string name, int dueSeconds)
    {
        await Work();
        await this.RegisterOrUpdateReminder(name, TimeSpan.FromSeconds(dueSeconds), TimeSpan.FromMinutes(1));
    }

    public async Task Forget(string name)
    {
        await Work();
        if (await this.GetReminder(name) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }
    }

    public async Task Work()
    {
        ledger.Check(!_busy, "one call at a time");
        ledger.Check(!_ticking, "no call while a plain tick runs");
        ledger.Check(!_ended, "no call after the end");
        _busy = true;
        await Task.Yield();
        await Task.Yield();
        _busy = false;
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        await Work();
        ledger.Check(status.Period == TimeSpan.FromMinutes(1), "a reminder knows its period");
        ledger.Ticked("reminder");
    }

    private async Task Tick(Watched timer, CancellationToken cancellation)
    {
        timer.Token = cancellation;
        ledger.Ticked("timer");
        ledger.Check(!_ended, "no tick after the end");

        ledger.Check(!timer.HasEnded, "no tick after its timer");
        ledger.Check(++timer.Running == 1, "a timer does not tick twice at once");
        if (!timer.Interleaves)
        {
            ledger.Check(!_busy, "no plain tick while a call runs");
            ledger.Check(!_ticking, "one plain tick at a time");
            _ticking = true;
        }

        await Task.Yield();
        await Task.Yield();
        _ticking = timer.Interleaves && _ticking;
        timer.Running--;
    }

    private sealed class Watched
    {
        public IGrainTimer? Timer { get; set; }

        public CancellationToken? Token { get; set; }

        public bool Interleaves { get; init; }

        public bool HasEnded { get; private set; }

        public int Running { get; set; }

        public void End()
        {
            HasEnded = true;
            Timer!.Dispose();
        }
    }
}
