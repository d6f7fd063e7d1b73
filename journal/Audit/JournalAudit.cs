using RoutingGrid.Journal.History.Reports;
using RoutingGrid.Routing.Reports;
using RoutingGrid.Routing.Workspaces;

namespace RoutingGrid.Journal.Audit;

/// <summary>A broken promise, and where the journal shows it.</summary>
/// <param name="Invariant">Its number in the list of <see cref="JournalAudit"/>.</param>
/// <param name="Position">The event at which it shows.</param>
public sealed record Violation(int Invariant, long Position, DateTimeOffset At, string Workspace, string What)
{
    public override string ToString() => $"invariant {Invariant} at {At:yyyy-MM-dd HH:mm:ss.fff} (position {Position}, workspace {Workspace}): {What}";
}

/// <summary>
/// Reads a journal from its beginning and checks, after every event, what must always hold:
/// 1. no case is held by two agents, and no agent holds, offers counted, more than their capacity (permitted excess aside);
/// 2. no message is in two cases, or in one twice;
/// 3. a customer has at most one open case per thread;
/// 4. every open case is in exactly one place: a queue, a live offer, an agent's hands, waiting with a wake-up, escalated with a follow-up;
///    and no more agents are asked at once than its queue says;
/// 5. every offer ends exactly once, in time; every deadline is met, moved or cancelled; those kept are the ones that the states imply;
/// 6. nobody is offered a case while unavailable or disconnected, nobody gets one that they may not have, and nobody who is gone keeps one;
/// 7. no eligible agent idles while a case waits that they could have;
/// 8. among cases with equal requirements, none is served before one that comes first;
/// 9. the reports add up to what the journal says.
/// </summary>
/// <param name="tolerance">How long a pass may take, at a time, before 7 and 8 count as broken, and a deadline as overlooked: hardly anything
/// in virtual time, some seconds in real time, more while hints are lost and must be made good by repairs.</param>
public sealed class JournalAudit(Func<DateTimeOffset, TimeSpan> tolerance)
{
    private const int Enough = 100;

    private readonly SortedDictionary<string, WorkspaceAudit> _workspaces = new(StringComparer.Ordinal);
    private readonly List<Violation> _violations = [];

    public JournalAudit(TimeSpan tolerance) : this(_ => tolerance) { }

    /// <summary>The first hundred violations, in the order of positions.</summary>
    public IReadOnlyList<Violation> Violations => _violations;

    /// <summary>The reports that the events make, by workspace.</summary>
    public IEnumerable<(string Workspace, ReportFold Reports)> Reports => _workspaces.Select(entry => (entry.Key, entry.Value.Reports));

    /// <summary>Events read.</summary>
    public long Events { get; private set; }

    /// <summary>Reads the whole journal and compares its read models with it. The journal must be at rest.</summary>
    public static Task<JournalAudit> Of(IJournal journal, TimeSpan tolerance, CancellationToken cancel = default) => Of(journal, _ => tolerance, cancel);

    /// <inheritdoc cref="Of(IJournal, TimeSpan, CancellationToken)"/>
    public static async Task<JournalAudit> Of(IJournal journal, Func<DateTimeOffset, TimeSpan> tolerance, CancellationToken cancel = default)
    {
        var audit = new JournalAudit(tolerance);
        await foreach (var recorded in journal.ReadAll(0, cancel)) audit.Check(recorded);
        foreach (var workspace in audit._workspaces.Values) await workspace.CompareReadModels(journal.Read, cancel);
        return audit;
    }

    /// <summary>Compares what a history keeps for reports with what these events make. Every event was checked, and the journal is at rest.</summary>
    public async Task Compare(IReports reports, CancellationToken cancel = default)
    {
        foreach (var difference in await reports.Differences(this, cancel)) Found(new Violation(9, 0, default, difference.Workspace, difference.What));
    }

    /// <summary>Checks the next event in the order of positions.</summary>
    public void Check(RecordedEvent recorded)
    {
        Events++;
        if (recorded.Stream.Kind == StreamKind.Access) return;
        if (!_workspaces.TryGetValue(recorded.Stream.Workspace, out var workspace))
            _workspaces[recorded.Stream.Workspace] = workspace = new WorkspaceAudit(recorded.Stream.Workspace, tolerance, Found);
        if (recorded.Event is WorkspaceConfigured configured) workspace.Configured(recorded, configured.Configuration);
        else workspace.Check(recorded);
    }

    private void Found(Violation violation)
    {
        if (_violations.Count < Enough) _violations.Add(violation);
    }
}
