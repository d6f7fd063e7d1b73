using RoutingGrid.Journal.Codec;
using RoutingGrid.Journal.Sqlite.Native;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Sqlite.Writing;

/// <summary>Deadlines. A group collects them and writes what it said last of each.</summary>
internal sealed class DeadlineTable(Database database)
{
    private readonly Statement _put = database.Prepare(
        """
        INSERT INTO deadline (owner, kind, key, shard, due) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (owner, kind, key) DO UPDATE SET due = excluded.due
        """);
    private readonly Statement _remove = database.Prepare("DELETE FROM deadline WHERE owner = ? AND kind = ? AND key = ?");
    private readonly List<KnownStream> _pending = [];

    internal void Put(KnownStream owner, DeadlineRow row) => Set(owner, new PendingDeadline(row.Kind, row.Key, row));

    internal void Remove(KnownStream owner, DeadlineKind kind, string key) => Set(owner, new PendingDeadline(kind, key, null));

    internal void Flush()
    {
        foreach (var owner in _pending)
        {
            foreach (var deadline in owner.PendingDeadlines) Write(owner.Id, deadline);
            owner.PendingDeadlines.Clear();
        }
        _pending.Clear();
    }

    internal void Forget() => _pending.Clear();

    private void Set(KnownStream owner, PendingDeadline deadline)
    {
        var pending = owner.PendingDeadlines;
        if (pending.Count == 0) _pending.Add(owner);
        for (var i = 0; i < pending.Count; i++)
        {
            if (pending[i].Kind != deadline.Kind || pending[i].Key != deadline.Key) continue;
            pending[i] = deadline;
            return;
        }
        pending.Add(deadline);
    }

    private void Write(long owner, PendingDeadline deadline)
    {
        var statement = deadline.Row is null ? _remove : _put;
        statement.Bind(1, owner);
        statement.BindUtf8(2, Names<DeadlineKind>.Utf8(deadline.Kind));
        statement.Bind(3, deadline.Key);
        if (deadline.Row is { } row)
        {
            statement.Bind(4, DeadlineRow.ShardOf(row.Owner));
            statement.Bind(5, row.DueAt.UtcTicks);
        }
        statement.Run();
    }
}
