using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Routing.Reports;

/// <summary>Within what time each queue's cases count as served in time, as it was configured from which position of the journal on. What is configured
/// later changes nothing that was counted before.</summary>
public sealed class ServiceLevels
{
    private readonly SortedList<long, IReadOnlyDictionary<string, int>> _from = [];

    public void Add(long position, WorkspaceConfiguration configuration) => _from[position] = Of(configuration);

    /// <param name="seconds">By queue.</param>
    public void Add(long position, IReadOnlyDictionary<string, int> seconds) => _from[position] = seconds;

    /// <summary>The seconds of a queue for an event at a position; 0 for one that is not configured then.</summary>
    public int Seconds(string queue, long position)
    {
        for (var i = _from.Count - 1; i >= 0; i--)
            if (_from.Keys[i] < position) return _from.Values[i].GetValueOrDefault(queue);
        return 0;
    }

    /// <summary>Seconds by queue.</summary>
    public static Dictionary<string, int> Of(WorkspaceConfiguration configuration) =>
        configuration.Queues.ToDictionary(queue => queue.Name, queue => queue.Targets.ServiceLevelSeconds, StringComparer.Ordinal);
}
