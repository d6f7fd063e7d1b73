using System.Globalization;
using Orleans;
using Orleans.Runtime;

namespace RoutingGrid.Engine.Reminders;

/// <summary>Reminders in memory; they end with the process.</summary>
public sealed class MemoryReminderTable : IReminderTable
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<(GrainId Grain, string Name), ReminderEntry> _rows = new(Comparer<(GrainId Grain, string Name)>.Create(Compare));
    private long _lastEtag;

    public Task<ReminderTableData> ReadRows(GrainId grainId) => Read(row => row.GrainId == grainId);

    public Task<ReminderTableData> ReadRows(uint begin, uint end) => Read(row =>
    {
        uint hash = row.GrainId.GetUniformHashCode();
        return begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;
    });

    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName)
    {
        lock (_gate)
        {
            return Task.FromResult(_rows.TryGetValue((grainId, reminderName), out ReminderEntry? row) ? Copy(row) : null);
        }
    }

    public Task<string?> UpsertRow(ReminderEntry entry)
    {
        lock (_gate)
        {
            ReminderEntry row = Copy(entry);
            row.ETag = (++_lastEtag).ToString(CultureInfo.InvariantCulture);
            _rows[(row.GrainId, row.ReminderName)] = row;
            return Task.FromResult<string?>(row.ETag);
        }
    }

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag)
    {
        lock (_gate)
        {
            bool found = _rows.TryGetValue((grainId, reminderName), out ReminderEntry? row) && row.ETag == eTag;
            return Task.FromResult(found && _rows.Remove((grainId, reminderName)));
        }
    }

    public Task TestOnlyClearTable()
    {
        lock (_gate)
        {
            _rows.Clear();
        }

        return Task.CompletedTask;
    }

    private Task<ReminderTableData> Read(Func<ReminderEntry, bool> wanted)
    {
        lock (_gate)
        {
            return Task.FromResult(new ReminderTableData(_rows.Values.Where(wanted).Select(Copy).ToList()));
        }
    }

    private static ReminderEntry Copy(ReminderEntry row) =>
        new() { GrainId = row.GrainId, ReminderName = row.ReminderName, StartAt = row.StartAt, Period = row.Period, ETag = row.ETag };

    private static int Compare((GrainId Grain, string Name) left, (GrainId Grain, string Name) right)
    {
        int byGrain = left.Grain.CompareTo(right.Grain);
        return byGrain != 0 ? byGrain : string.CompareOrdinal(left.Name, right.Name);
    }
}
