using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace RoutingGrid.Engine.Reminders;

/// <summary>One reminder that is running. Its ticks keep to whole periods after the first, and do not overlap.</summary>
internal sealed class Reminder : IDisposable
{
    private readonly EmbeddedEngine _engine;
    private readonly IRemindable _grain;
    private readonly ReminderEntry _row;
    private readonly ITimer _timer;
    private volatile bool _ended;

    public Reminder(EmbeddedEngine engine, IRemindable grain, ReminderEntry row)
    {
        _engine = engine;
        _grain = grain;
        _row = row;
        _timer = engine.CreateTimer(TimerKind.Periodic, static reminder => ((Reminder)reminder!).OnDue(), this);
        Arm();
    }

    public void Dispose()
    {
        _ended = true;
        _timer.Dispose();
    }

    private void OnDue() =>
        Task.Factory.StartNew(Tick, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _engine.OutsideScheduler);

    private async Task Tick()
    {
        try
        {
            await _grain.ReceiveReminder(_row.ReminderName, new(_row.StartAt, _row.Period, _engine.Time.GetUtcNow().UtcDateTime));
        }
        catch (Exception error)
        {
            _engine.Log.LogWarning(error, "The reminder {Reminder} failed; it comes again.", _row);
        }

        if (!_ended)
        {
            Arm();
        }
    }

    private void Arm()
    {
        DateTime now = _engine.Time.GetUtcNow().UtcDateTime;
        TimeSpan wait = _row.StartAt - now;
        if (wait < TimeSpan.Zero)
        {
            wait = TimeSpan.FromTicks(_row.Period.Ticks - ((now - _row.StartAt).Ticks % _row.Period.Ticks));
        }
        else if (wait == TimeSpan.Zero && _ticked)
        {
            wait = _row.Period;
        }

        _ticked = true;

        // Timers hold no more than 49 days; a tick that comes early only arms again.
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private bool _ticked;
}
