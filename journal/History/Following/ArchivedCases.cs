using RoutingGrid.Journal.Archive;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.History.Following;

/// <summary>Knows which cases are in an archive by now: those that have no row any more.</summary>
internal sealed class ArchivedCases(IJournal journal, IHistoryTables tables)
{
    /// <summary>Marks those of a batch.</summary>
    internal async ValueTask Mark(List<HistoryStep> steps, CancellationToken cancel)
    {
        if (journal is not IJournalArchive) return;
        var closed = new Dictionary<StreamId, bool>();
        foreach (var step in steps)
            if (step is CaseStep happened) closed[happened.Recorded.Stream] = happened.After.Status == CaseStatus.Closed;
        var gone = await Gone(closed.Where(one => one.Value).Select(one => one.Key), cancel);
        if (gone.Count == 0) return;
        for (var i = 0; i < steps.Count; i++)
            if (steps[i] is CaseStep happened && gone.Contains(happened.Recorded.Stream)) steps[i] = happened with { IsArchived = true };
    }

    /// <summary>Takes those out of searches that were archived after they were followed. Nothing is followed meanwhile: a case that comes back is put in again when that is followed.</summary>
    internal async ValueTask Forget(CancellationToken cancel)
    {
        if (journal is not IJournalArchive archive) return;
        while (await archive.FileAfter(await tables.Forgotten(cancel), cancel) is { } left) await tables.Forget(await Gone(left.Cases, cancel), left.File, cancel);
    }

    /// <summary>The tables are empty: what is archived already is marked when it is followed.</summary>
    internal async ValueTask Begin(CancellationToken cancel)
    {
        if (journal is IJournalArchive archive) await tables.Forget([], await archive.LastFile(cancel), cancel);
    }

    /// <summary>Why the archive cannot be the one of which the tables know; null: it can.</summary>
    internal async ValueTask<string?> WhyAnother(CancellationToken cancel) =>
        journal is IJournalArchive archive && await tables.Forgotten(cancel) is var forgotten && await archive.LastFile(cancel) is var last && forgotten > last
            ? $"it knows of archived cases in file {forgotten:N0}, and the journal's last is {last:N0}. Was an older journal restored?"
            : null;

    private async ValueTask<HashSet<StreamId>> Gone(IEnumerable<StreamId> cases, CancellationToken cancel)
    {
        var gone = new HashSet<StreamId>();
        foreach (var workspace in cases.GroupBy(stream => stream.Workspace))
        {
            gone.UnionWith(workspace);
            foreach (var row in await journal.Read.CasesNamed(workspace.Key, [.. workspace.Select(stream => stream.Id)], cancel))
                gone.Remove(new StreamId(StreamKind.Case, row.Workspace, row.CaseId));
        }
        return gone;
    }
}
