using RoutingGrid.Journal;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Live;

namespace RoutingGrid.Grains.Live;

/// <summary>A day's case events of one workspace, folded as they come.</summary>
internal sealed class DayTail
{
    private readonly IJournal _journal;
    private readonly string _workspace;
    private long _position;

    private DayTail(IJournal journal, string workspace, DateTime date, long position, CompiledConfiguration configuration)
    {
        (_journal, _workspace, Date, _position) = (journal, workspace, date, position);
        Numbers = new LiveNumbers(queue => configuration.Queue(queue)?.Targets.ServiceLevelSeconds ?? 0);
    }

    public DateTime Date { get; }
    public LiveNumbers Numbers { get; }

    public static async Task<DayTail> Begin(IJournal journal, string workspace, DateTimeOffset now, CompiledConfiguration configuration)
    {
        var date = now.UtcDateTime.Date;
        return new DayTail(journal, workspace, date, await LastBefore(journal, new DateTimeOffset(date, TimeSpan.Zero)), configuration);
    }

    public async Task CatchUp()
    {
        await foreach (var recorded in _journal.ReadAll(_position))
        {
            _position = recorded.Position;
            if (recorded.Stream.Kind != StreamKind.Case || recorded.Stream.Workspace != _workspace || recorded.Event.At < Date) continue;
            if (!Numbers.Knows(recorded.Stream.Id) && IsOfKnown(recorded.Event)) await Introduce(recorded.Stream.Id);
            Numbers.Count(recorded.Stream.Id, recorded.Event);
        }
    }

    // What opens or reopens a case introduces it; a note on a closed one counts for nothing.
    private static bool IsOfKnown(DomainEvent happened) => happened is not
        (CaseOpened or MessageReceived or CaseQueued { Because: QueuedBecause.New or QueuedBecause.Reopened } or NoteAdded or AutomaticAnswerSent or CaseCustomerErased);

    /// <summary>A case of an earlier day, or one that was closed and is given to somebody again: its row says what its events of today do not.</summary>
    private async Task Introduce(string caseId)
    {
        if ((await _journal.Read.Case(_workspace, caseId))?.State is not { } state) return;
        if (state.CreatedAt >= Date)
        {
            Numbers.Reopen(caseId, state);
            return;
        }
        var assigned = state.FirstAssignedAt < Date ? state.FirstAssignedAt : null;
        Numbers.Introduce(caseId, new LiveCase(state.Queue, state.CreatedAt, assigned, state.FirstAnsweredAt < Date, state.RoutedBecause));
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
