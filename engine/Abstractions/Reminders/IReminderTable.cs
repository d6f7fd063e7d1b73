using Orleans.Runtime;

namespace Orleans;

/// <summary>Where reminders are kept. Rows carry an etag that changes with every write.</summary>
public interface IReminderTable
{
    Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    Task<ReminderTableData> ReadRows(GrainId grainId);

    /// <summary>Rows whose <see cref="GrainId.GetUniformHashCode"/> is in (begin, end], going round; all of them when both are equal.</summary>
    Task<ReminderTableData> ReadRows(uint begin, uint end);

    Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName);

    /// <summary>Writes a row whatever its etag and returns the new etag.</summary>
    Task<string?> UpsertRow(ReminderEntry entry);

    /// <summary>False if there is no such row with that etag.</summary>
    Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag);

    Task TestOnlyClearTable();

    Task StopAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
}

/// <summary>Rows of a <see cref="IReminderTable"/>.</summary>
public sealed class ReminderTableData
{
    public ReminderTableData() => Reminders = [];

    public ReminderTableData(ReminderEntry entry) => Reminders = [entry];

    public ReminderTableData(IEnumerable<ReminderEntry> list) => Reminders = [.. list];

    public IList<ReminderEntry> Reminders { get; }
}

/// <summary>One reminder as stored.</summary>
public sealed class ReminderEntry
{
    public GrainId GrainId { get; set; }

    public string ReminderName { get; set; } = null!;

    /// <summary>The first tick, UTC. Later ones are whole periods after it.</summary>
    public DateTime StartAt { get; set; }

    public TimeSpan Period { get; set; }

    public string? ETag { get; set; }

    public override string ToString() => $"<{GrainId} {ReminderName} every {Period} from {StartAt:O}>";
}
