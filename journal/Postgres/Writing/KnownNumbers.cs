using System.Collections.Concurrent;

namespace RoutingGrid.Journal.Postgres.Writing;

/// <summary>The numbers of workspaces and streams, as far as they were met. A number never changes once it is committed, and only an
/// erased customer's stream gets another name, which whoever locks it finds out: so this memory does no harm, whoever else writes; it holds nothing else.</summary>
internal sealed class KnownNumbers(int remembered)
{
    private readonly ConcurrentDictionary<string, int> _workspaces = new(StringComparer.Ordinal);

    // Two generations: what was used since the last turn, and what was used in the turn before. It forgets without a list of uses.
    private volatile ConcurrentDictionary<StreamId, long> _young = new();
    private volatile ConcurrentDictionary<StreamId, long> _old = new();

    internal int? Workspace(string name) => _workspaces.TryGetValue(name, out var number) ? number : null;

    internal void Add(string workspace, int number) => _workspaces[workspace] = number;

    /// <summary>The stream's number, or 0 where it is not remembered.</summary>
    internal long Stream(StreamId name)
    {
        if (_young.TryGetValue(name, out var number)) return number;
        if (_old.TryGetValue(name, out number)) Add(name, number);
        return number;
    }

    internal void Add(StreamId name, long number) => _young[name] = number;

    /// <summary>The stream has another name now. Who still believes in this one is told by the lock.</summary>
    internal void Remove(StreamId name)
    {
        _young.TryRemove(name, out _);
        _old.TryRemove(name, out _);
    }

    internal void Trim()
    {
        // Counting takes every lock of the dictionary, but this is done once per group.
        if (_young.Count < remembered) return;
        _old = _young;
        _young = new();
    }

    /// <summary>The database is not the one that it was: it was restored, or replaced.</summary>
    internal void Forget()
    {
        _workspaces.Clear();
        _young.Clear();
        _old.Clear();
    }
}
