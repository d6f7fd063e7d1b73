using System.Globalization;
using RoutingGrid.GrainInterfaces;
using RoutingGrid.GrainInterfaces.Agents;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.GrainInterfaces.Routing;
using RoutingGrid.Journal;

namespace RoutingGrid.Grains.Routing;

/// <summary>Holds the near future of one shard in memory. The rows are what counts: they are read again from time to time, so a
/// lost hint, a lost call or a crash delays a deadline and never loses it.</summary>
[KeepAlive]
internal sealed class ClockGrain(IJournal journal, TimeProvider time, GrainOptions options) : Grain, IClockGrain, IRemindable
{
    private const int BatchLimit = 10_000;
    private static readonly TimeSpan BeforeReadingAgain = TimeSpan.FromSeconds(1);

    private readonly PriorityQueue<DeadlineHint, (DateTimeOffset Due, long Order)> _soon = new();
    private long _order;
    private IGrainTimer? _next;
    private IGrainTimer? _reading;
    private DateTimeOffset _nextAt = DateTimeOffset.MaxValue;
    private int _shard;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _shard = int.Parse(this.GetPrimaryKeyString(), CultureInfo.InvariantCulture);
        _next = this.RegisterGrainTimer(CallDue, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        await Read();
        _reading = this.RegisterGrainTimer(Read, new GrainTimerCreationOptions(options.ClockReading, options.ClockReading) { KeepAlive = true });
        if (options.ClockReminders) await this.RegisterOrUpdateReminder("revive", TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
    }

    public Task Start() => Task.CompletedTask;

    /// <summary>Being called is enough: it activates the shard.</summary>
    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;

    public Task Watch(DeadlineHint hint)
    {
        Add(hint);
        Arm();
        return Task.CompletedTask;
    }

    /// <summary>Reads what is due before the next but one reading. What is overdue is called again: perhaps nobody heard.</summary>
    private async Task Read()
    {
        var rows = await Rows();
        _soon.Clear();
        foreach (var row in rows)
            Add(new DeadlineHint(row.Owner.Kind == DeadlineOwnerKind.Agent, row.Owner.Workspace, row.Owner.Id, row.Kind, row.Key, row.DueAt));
        await CallDue();
    }

    private async Task<IReadOnlyList<DeadlineRow>> Rows()
    {
        try
        {
            return await journal.Read.Deadlines(_shard, time.GetUtcNow() + (2 * options.ClockReading), BatchLimit);
        }
        catch
        {
            // What is due after the next reading was not told to this clock: only the rows have it.
            _reading?.Change(BeforeReadingAgain, options.ClockReading);
            throw;
        }
    }

    private void Add(DeadlineHint hint) => _soon.Enqueue(hint, (hint.DueAt, _order++));

    private Task CallDue()
    {
        var now = time.GetUtcNow();
        _nextAt = DateTimeOffset.MaxValue;
        while (_soon.TryPeek(out var hint, out var due) && due.Due <= now)
        {
            _soon.Dequeue();
            Call(hint);
        }
        Arm();
        return Task.CompletedTask;
    }

    private void Call(DeadlineHint hint)
    {
        var key = GrainKeys.Of(hint.Workspace, hint.Id);
        _ = hint.ForAgent
            ? GrainFactory.GetGrain<IAgentGrain>(key).Due(hint.Kind, hint.Key)
            : GrainFactory.GetGrain<ICaseGrain>(key).Due(hint.Kind, hint.Key);
    }

    private void Arm()
    {
        if (!_soon.TryPeek(out _, out var first) || first.Due >= _nextAt) return;
        _nextAt = first.Due;
        var wait = first.Due - time.GetUtcNow();
        _next!.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
