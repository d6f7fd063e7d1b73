namespace RoutingGrid.Engine.Tests.Grains;

/// <summary>Reminded of things, and tries the reminders' limits.</summary>
public interface IAlarmGrain : IGrainWithStringKey
{
    /// <summary>What to do on a tick: nothing, "fails", "forgets", "leaves".</summary>
    Task Set(string name, int dueSeconds, int periodSeconds, string kind = "");

    Task<TickStatus[]> Ticks();

    Task<string?> Refused(string? name, int dueSeconds, int periodSeconds);

    Task<string?> RefusedFromOutsideATurn();

    Task<bool> ForgetTwice(string name);

    Task Leave();
}

public sealed class AlarmGrain(Probe probe) : Grain, IAlarmGrain, IRemindable
{
    private readonly List<TickStatus> _ticks = [];
    private string _kind = "";

    private string Key => this.GetPrimaryKeyString();

    public Task Set(string name, int dueSeconds, int periodSeconds, string kind = "")
    {
        _kind = kind;
        return this.RegisterOrUpdateReminder(name, TimeSpan.FromSeconds(dueSeconds), TimeSpan.FromSeconds(periodSeconds));
    }

    public Task<TickStatus[]> Ticks() => Task.FromResult<TickStatus[]>([.. _ticks]);

    public async Task<string?> Refused(string? name, int dueSeconds, int periodSeconds)
    {
        try
        {
            await this.RegisterOrUpdateReminder(name!, TimeSpan.FromSeconds(dueSeconds), TimeSpan.FromSeconds(periodSeconds));
            return null;
        }
        catch (ArgumentException error)
        {
            return error.GetType().Name;
        }
    }

    public async Task<string?> RefusedFromOutsideATurn()
    {
        try
        {
            await Task.Run(() => this.GetReminders());
            return null;
        }
        catch (InvalidOperationException error)
        {
            return error.GetType().Name;
        }
    }

    public async Task<bool> ForgetTwice(string name)
    {
        IGrainReminder reminder = (await this.GetReminder(name))!;
        await this.UnregisterReminder(reminder);
        await this.UnregisterReminder(reminder);
        return await this.GetReminder(name) is null;
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        _ticks.Add(status);
        int tick = probe.Count($"{Key} {reminderName}");
        probe.Signal($"{Key} {reminderName} {tick}");
        probe.Signal($"{Key} {reminderName} at {status.CurrentTickTime:HH:mm:ss}");
        switch (_kind)
        {
            case "fails":
                throw new InvalidOperationException("a reminder that fails");
            case "forgets":
                await this.UnregisterReminder((await this.GetReminder(reminderName))!);
                break;
            case "leaves":
                DeactivateOnIdle();
                break;
        }
    }
}

/// <summary>Wants to be reminded, but cannot be.</summary>
public interface IForgetfulGrain : IGrainWithStringKey
{
    Task Remind();
}

public sealed class ForgetfulGrain : Grain, IForgetfulGrain
{
    public Task Remind() => this.RegisterOrUpdateReminder("r", TimeSpan.Zero, TimeSpan.FromHours(1));
}
