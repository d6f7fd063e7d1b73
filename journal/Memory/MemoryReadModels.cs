using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Memory;

/// <summary>Queries of the indexes that <see cref="MemoryJournal"/> keeps in step with its events.</summary>
internal sealed class MemoryReadModels(MemoryJournal journal) : IReadModels
{
    public ValueTask<CaseRow?> Case(string workspace, string caseId, CancellationToken cancel = default)
    {
        lock (journal.Gate) return new(journal.Known(new StreamId(StreamKind.Case, workspace, caseId))?.Case);
    }

    public ValueTask<Page<CaseRow>> Cases(string workspace, CaseFilter filter, string? cursor, int limit, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var before = Cursor.Read(cursor);
        var items = new List<CaseRow>();
        lock (journal.Gate)
        {
            if (journal.Workspace(workspace) is not { } index) return new(new Page<CaseRow>([], null));
            Subject? last = null;
            for (var i = Math.Min(before - 1, index.Cases.Count) - 1; i >= 0; i--)
            {
                var subject = index.Cases[(int)i];
                if (!filter.Matches(subject.Case!.State)) continue;
                if (items.Count == limit) return new(new Page<CaseRow>([.. items], Cursor.Write(last!.Arrival)));
                items.Add(subject.Case);
                last = subject;
            }
        }
        return new(new Page<CaseRow>([.. items], null));
    }

    public ValueTask<IReadOnlyList<CaseRow>> CasesNamed(string workspace, IReadOnlyList<string> caseIds, CancellationToken cancel = default)
    {
        lock (journal.Gate)
        {
            return new(caseIds.Select(id => journal.Known(new StreamId(StreamKind.Case, workspace, id))?.Case).OfType<CaseRow>().ToArray());
        }
    }

    public ValueTask<IReadOnlyList<CaseRow>> CasesToRoute(string workspace, CancellationToken cancel = default)
    {
        lock (journal.Gate)
        {
            return new(ById(journal.Workspace(workspace)?.Open ?? [], static state => state.Status == CaseStatus.Queued || state.Offers.Length > 0));
        }
    }

    public ValueTask<IReadOnlyList<CaseRow>> CasesOf(string workspace, string agentId, CancellationToken cancel = default)
    {
        lock (journal.Gate)
        {
            return new(ById(journal.Known(new StreamId(StreamKind.Agent, workspace, agentId))?.AgentCases ?? [], static state => state.IsOpen));
        }
    }

    public ValueTask<AgentRow?> Agent(string workspace, string agentId, CancellationToken cancel = default)
    {
        lock (journal.Gate) return new(journal.Known(new StreamId(StreamKind.Agent, workspace, agentId))?.Agent);
    }

    public ValueTask<IReadOnlyList<AgentRow>> Agents(string workspace, CancellationToken cancel = default)
    {
        lock (journal.Gate)
        {
            var agents = journal.Workspace(workspace)?.Agents ?? [];
            return new(agents.Select(subject => subject.Agent!).OrderBy(row => row.AgentId, StringComparer.Ordinal).ToArray());
        }
    }

    public ValueTask<IReadOnlyList<DeadlineRow>> Deadlines(int shard, DateTimeOffset dueBefore, int limit, CancellationToken cancel = default)
    {
        lock (journal.Gate) return new(journal.Shards[shard].DueBefore(dueBefore, limit));
    }

    public ValueTask<IReadOnlyList<QueueCount>> OpenByQueue(string workspace, CancellationToken cancel = default)
    {
        lock (journal.Gate)
        {
            var open = journal.Workspace(workspace)?.Open ?? [];
            return new(open.CountBy(subject => (subject.Case!.State.Queue, subject.Case.State.Status))
                .Select(pair => new QueueCount(pair.Key.Queue, pair.Key.Status, pair.Value))
                .OrderBy(count => count.Queue, StringComparer.Ordinal).ThenBy(count => count.Status).ToArray());
        }
    }

    public ValueTask<IReadOnlyList<string>> Workspaces(CancellationToken cancel = default)
    {
        lock (journal.Gate) return new(journal.Configured());
    }

    public ValueTask<string?> Claimed(string key, CancellationToken cancel = default)
    {
        lock (journal.Gate) return new(journal.Claimed(key));
    }

    private static CaseRow[] ById(List<Subject> subjects, Func<CaseState, bool> wanted) =>
        [.. subjects.Select(subject => subject.Case!).Where(row => wanted(row.State)).OrderBy(row => row.CaseId, StringComparer.Ordinal)];
}
