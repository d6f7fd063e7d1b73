using RoutingGrid.Journal.Archive;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.History.Following;

/// <summary>Knows which cases of a batch are in an archive by now: those that have no row any more.</summary>
internal sealed class ArchivedCases(IJournal journal)
{
    internal async ValueTask Mark(List<HistoryStep> steps, CancellationToken cancel)
    {
        if (journal is not IJournalArchive) return;
        var closed = new Dictionary<StreamId, bool>();
        foreach (var step in steps)
            if (step is CaseStep happened) closed[happened.Recorded.Stream] = happened.After.Status == CaseStatus.Closed;
        var gone = new HashSet<StreamId>();
        foreach (var workspace in closed.Where(one => one.Value).Select(one => one.Key).GroupBy(stream => stream.Workspace))
        {
            gone.UnionWith(workspace);
            foreach (var row in await journal.Read.CasesNamed(workspace.Key, [.. workspace.Select(stream => stream.Id)], cancel))
                gone.Remove(new StreamId(StreamKind.Case, row.Workspace, row.CaseId));
        }
        if (gone.Count == 0) return;
        for (var i = 0; i < steps.Count; i++)
            if (steps[i] is CaseStep happened && gone.Contains(happened.Recorded.Stream)) steps[i] = happened with { IsArchived = true };
    }
}
