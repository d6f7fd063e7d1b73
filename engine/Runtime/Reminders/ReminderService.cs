using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using Orleans.Timers;
using RoutingGrid.Engine.Catalog;

namespace RoutingGrid.Engine.Reminders;

/// <summary>Wakes grains by the reminders of the table. They are read once, at the start: this process is the only one.</summary>
internal sealed class ReminderService(EmbeddedEngine engine, IReminderTable table) : IReminderRegistry
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(GrainId Grain, string Name), Reminder> _running = [];
    private bool _stopped;

    public async Task StartAsync(CancellationToken cancellation)
    {
        await table.StartAsync(cancellation);
        ReminderTableData rows = await table.ReadRows(0, 0);
        foreach (ReminderEntry row in rows.Reminders.OrderBy(row => row.GrainId).ThenBy(row => row.ReminderName, StringComparer.Ordinal))
        {
            Run(row);
        }
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            _stopped = true;
            foreach (Reminder reminder in _running.Values)
            {
                reminder.Dispose();
            }

            _running.Clear();
        }

        await table.StopAsync(cancellation);
    }

    public async Task<IGrainReminder> RegisterOrUpdateReminder(GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentException.ThrowIfNullOrEmpty(reminderName);
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.Zero);
        if (period < engine.Options.MinimumReminderPeriod)
        {
            throw new ArgumentException(
                $"The reminder {reminderName} would come every {period}; the least is {engine.Options.MinimumReminderPeriod} (EngineOptions.MinimumReminderPeriod).",
                nameof(period));
        }

        var row = new ReminderEntry
        {
            GrainId = callingGrainId,
            ReminderName = reminderName,
            StartAt = engine.Time.GetUtcNow().UtcDateTime + dueTime,
            Period = period,
        };
        CheckTurn();
        row.ETag = await table.UpsertRow(row) ?? throw new ReminderException($"The reminder {row} was written by somebody else at the same time.");
        Run(row);
        return new RegisteredReminder(row.ReminderName, row.ETag);
    }

    public async Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder)
    {
        CheckTurn();
        if (reminder is not RegisteredReminder registered)
        {
            throw new ArgumentException("Not a reminder of this engine.", nameof(reminder));
        }

        if (!await table.RemoveRow(callingGrainId, registered.ReminderName, registered.ETag)
            && await table.ReadRow(callingGrainId, registered.ReminderName) is not null)
        {
            throw new ReminderException($"The reminder {registered.ReminderName} of {callingGrainId} was changed since; read it again.");
        }

        lock (_gate)
        {
            if (_running.Remove((callingGrainId, registered.ReminderName), out Reminder? running))
            {
                running.Dispose();
            }
        }
    }

    public async Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName)
    {
        CheckTurn();
        return await table.ReadRow(callingGrainId, reminderName) is { } row ? new RegisteredReminder(row.ReminderName, row.ETag!) : null;
    }

    public async Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId)
    {
        CheckTurn();
        return [.. (await table.ReadRows(callingGrainId)).Reminders.Select(row => new RegisteredReminder(row.ReminderName, row.ETag!))];
    }

    private static void CheckTurn()
    {
        if (RuntimeContext.Current is null)
        {
            throw new InvalidOperationException("Reminders are asked for by a grain in its turn, not from another thread.");
        }
    }

    private void Run(ReminderEntry row)
    {
        if (engine.Interfaces.ByGrainType(row.GrainId.Type) is not { } grainClass || !typeof(IRemindable).IsAssignableFrom(grainClass.Type))
        {
            engine.Log.LogWarning("Leaving the reminder {Reminder} alone: there is no such remindable grain.", row);
            return;
        }

        lock (_gate)
        {
            if (_stopped)
            {
                return;
            }

            if (_running.Remove((row.GrainId, row.ReminderName), out Reminder? previous))
            {
                previous.Dispose();
            }

            var reference = (IRemindable)engine.Interfaces.Create(typeof(IRemindable), grainClass, row.GrainId.Key);
            _running[(row.GrainId, row.ReminderName)] = new Reminder(engine, reference, row);
        }
    }

    private sealed record RegisteredReminder(string ReminderName, string ETag) : IGrainReminder;
}
