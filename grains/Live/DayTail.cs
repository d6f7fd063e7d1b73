using RoutingGrid.Journal;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Live;
using RoutingGrid.Routing.Reports;
using RoutingGrid.Routing.Workspaces;

namespace RoutingGrid.Grains.Live;

/// <summary>A day's case events of one workspace, folded as they come.</summary>
internal sealed class DayTail
{
    private readonly IJournal _journal;
    private readonly string _workspace;
    private readonly ServiceLevels _serviceLevels = new();
    private long _position;

    private DayTail(IJournal journal, string workspace, DateTime date, long position)
    {
        (_journal, _workspace, Date, _position) = (journal, workspace, date, position);
        Numbers = new LiveNumbers(queue => _serviceLevels.Seconds(queue, _position));
    }

    public DateTime Date { get; }
    public LiveNumbers Numbers { get; }

    /// <param name="configuration">The stream of the workspace's configurations.</param>
    public static async Task<DayTail> Begin(IJournal journal, StreamId configuration, DateTimeOffset now)
    {
        var date = now.UtcDateTime.Date;
        var tail = new DayTail(journal, configuration.Workspace, date, await LastBefore(journal, new DateTimeOffset(date, TimeSpan.Zero)));
        foreach (var recorded in await journal.ReadStream(configuration)) tail.Configured(recorded);
        return tail;
    }

    public async Task CatchUp()
    {
        await foreach (var recorded in _journal.ReadAll(_position))
        {
            _position = recorded.Position;
            if (recorded.Stream.Workspace != _workspace) continue;
            if (recorded.Stream.Kind == StreamKind.Workspace) Configured(recorded);
            if (recorded.Stream.Kind != StreamKind.Case || recorded.Event.At < Date) continue;
            if (recorded.Version > 1 && !Numbers.Knows(recorded.Stream.Id))
            {
                // What is said of a closed case counts for nothing, and is not worth reading all that came before.
                if (recorded.Event is NoteAdded or AutomaticAnswerSent or CaseCustomerErased) continue;
                await Introduce(recorded);
            }
            Numbers.Count(recorded.Stream.Id, recorded.Event);
        }
    }

    private void Configured(RecordedEvent recorded)
    {
        if (recorded.Event is WorkspaceConfigured configured) _serviceLevels.Add(recorded.Position, configured.Configuration);
    }

    /// <summary>A case of an earlier day, or one that was closed: its earlier events say what those of today do not.</summary>
    private async Task Introduce(RecordedEvent next)
    {
        foreach (var earlier in await _journal.ReadStream(next.Stream))
            if (earlier.Version < next.Version) Numbers.Introduce(next.Stream.Id, earlier.Event);
    }

    /// <summary>The position of the last event before a time: positions and times both grow, so it is found by halving.</summary>
    private static async Task<long> LastBefore(IJournal journal, DateTimeOffset at)
    {
        long low = 0, high = 1;
        while (await journal.Near(high) is { } probe && probe.Event.At < at) (low, high) = (probe.Position, Math.Max(high * 2, probe.Position + 1));
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (await journal.Near(middle) is { } probe && probe.Event.At < at) low = probe.Position;
            else high = middle;
        }
        return low;
    }
}
