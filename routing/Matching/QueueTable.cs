using System.Collections.Immutable;
using RoutingGrid.Routing.Calendars;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Routing.Matching;

/// <summary>A queue, compiled.</summary>
internal sealed class QueueEntry(QueueSettings settings, BusinessHours? hours)
{
    public QueueSettings Settings { get; } = settings;
    public string Name => Settings.Name;
    public long Rate { get; } = PriorityOrder.Rate(settings.AgeingPerMinute);
    public int OffersAtOnce { get; } = Math.Max(1, settings.OffersAtOnce);

    /// <summary>Null: always open.</summary>
    public BusinessHours? Hours { get; } = hours;

    /// <summary>Cases without an agent.</summary>
    public int Waiting;
}

/// <summary>The queues and channels of a configuration, and whose agents are asked for a queue at a moment.</summary>
internal sealed class QueueTable
{
    private readonly Dictionary<string, QueueEntry> _byName = [];
    private readonly Dictionary<string, int> _channels = [];
    private readonly List<(string Name, int Units)> _channelList = [];
    private readonly ImmutableArray<BusinessHours> _calendars;

    public QueueTable(WorkspaceConfiguration configuration)
    {
        if (configuration.Channels.Length > 64) throw new ArgumentException("A pool has at most 64 channels.", nameof(configuration));
        var calendars = new Dictionary<string, BusinessHours>();
        foreach (var calendar in configuration.Calendars) calendars.TryAdd(calendar.Name, BusinessHours.Compile(calendar));
        foreach (var channel in configuration.Channels)
        {
            if (!_channels.TryAdd(channel.Name, _channelList.Count)) continue;
            _channelList.Add((channel.Name, Math.Max(0, channel.Units)));
        }
        foreach (var queue in configuration.Queues)
            _byName.TryAdd(queue.Name, new QueueEntry(queue, queue.Calendar is { } name ? calendars.GetValueOrDefault(name) : null));
        _calendars = [.. _byName.Values.Select(q => q.Hours).OfType<BusinessHours>().Distinct()];
        Configured = [.. configuration.Queues.Select(q => _byName[q.Name])];
    }

    /// <summary>The configured queues, in their order.</summary>
    public ImmutableArray<QueueEntry> Configured { get; }

    /// <summary>Names and weights; the index is the channel's bit.</summary>
    public IReadOnlyList<(string Name, int Units)> Channels => _channelList;

    /// <summary>The queue of that name. One that is not configured is made up: it has no agents, but its cases are not forgotten.</summary>
    public QueueEntry Queue(string name)
    {
        if (_byName.TryGetValue(name, out var queue)) return queue;
        return _byName[name] = new QueueEntry(new QueueSettings { Name = name }, null);
    }

    /// <summary>The channel's index; one that is not configured weighs one unit. -1 beyond the 64th.</summary>
    public int Channel(string name)
    {
        if (_channels.TryGetValue(name, out var index)) return index;
        if (_channelList.Count == 64) return -1;
        _channelList.Add((name, 1));
        return _channels[name] = _channelList.Count - 1;
    }

    public bool IsOpen(QueueEntry queue, DateTimeOffset at) => queue.Hours?.IsOpen(at) ?? true;

    /// <summary>The queues whose agents are asked: within hours its own and the open ones among those that a stage added; outside them
    /// those of the overflow queue, where the queue says so and that one is open or overflows in turn; else none.</summary>
    public ImmutableArray<string> Asked(QueueEntry queue, ImmutableArray<string> added, DateTimeOffset at)
    {
        if (IsOpen(queue, at)) return [queue.Name, .. added.Where(name => IsOpen(Queue(name), at))];
        // A loop of overflows is refused by validation; here it ends.
        for (var hops = 0; hops < _byName.Count; hops++)
        {
            if (queue.Settings.OutsideHours != OutsideHours.Overflow || queue.Settings.OverflowQueue is not { } next) return [];
            queue = Queue(next);
            if (IsOpen(queue, at)) return [queue.Name];
        }
        return [];
    }

    /// <summary>When a queue opens or closes next, in UTC ticks.</summary>
    public long NextChange(DateTimeOffset at)
    {
        var next = long.MaxValue;
        foreach (var calendar in _calendars)
            if (calendar.NextChange(at) is { } change) next = Math.Min(next, change.UtcTicks);
        return next;
    }
}
