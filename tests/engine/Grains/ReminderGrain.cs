namespace RoutingGrid.Engine.Tests.Grains;

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
