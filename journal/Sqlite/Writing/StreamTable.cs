using RoutingGrid.Journal.Codec;
using RoutingGrid.Journal.Sqlite.Native;

namespace RoutingGrid.Journal.Sqlite.Writing;

/// <summary>Streams by name, from memory where they were used lately.</summary>
internal sealed class StreamTable(Database database, int remembered)
{
    private readonly Statement _find = database.Prepare(
        """
        SELECT t.id, coalesce(
            (SELECT version FROM slice WHERE position = t.last), (SELECT max(version) FROM slice WHERE stream = t.id AND previous IS NULL),
            (SELECT max(version) FROM archived WHERE stream = t.id), 0), t.last
        FROM stream t WHERE t.kind = ? AND t.workspace = ? AND t.key = ?
        """);
    private readonly Statement _add = database.Prepare("INSERT INTO stream (id, workspace, kind, key) VALUES (?, ?, ?, ?) ON CONFLICT (kind, workspace, key) DO NOTHING");
    private readonly Statement _remove = database.Prepare("DELETE FROM stream WHERE id = ?");
    private readonly Statement _rename = database.Prepare("UPDATE stream SET key = ? WHERE id = ?");
    private readonly Statement _last = database.Prepare("SELECT max(id) FROM stream WHERE id BETWEEN ? AND ?");
    private readonly Statement _findWorkspace = database.Prepare("SELECT id FROM workspace WHERE name = ?");
    private readonly Statement _addWorkspace = database.Prepare("INSERT INTO workspace (name) VALUES (?) RETURNING id");
    private readonly Dictionary<string, Workspace> _workspaces = new(StringComparer.Ordinal);

    private readonly List<StreamId> _resting = [];

    // Two generations: what was used since the last turn, and what was used in the turn before. It forgets without a list of uses.
    private Dictionary<StreamId, KnownStream> _young = [];
    private Dictionary<StreamId, KnownStream> _old = [];

    /// <summary>The stream, or null where there is none yet.</summary>
    internal KnownStream? Find(StreamId name)
    {
        if (Remembered(name) is { } known) return known;
        if ((known = Load(name)) is not null) _young[name] = known;
        return known;
    }

    /// <summary>The stream, or null where it is not remembered, whatever the table says.</summary>
    internal KnownStream? Remembered(StreamId name)
    {
        if (_young.TryGetValue(name, out var known)) return known;
        if (_old.TryGetValue(name, out known)) _young[name] = known;
        return known;
    }

    internal KnownStream FindOrAdd(StreamId name) => Find(name) ?? TryAdd(name)!;

    /// <summary>A new stream, or null where there is one: adding one that nearly always is new tells so without a look first.</summary>
    internal KnownStream? TryAdd(StreamId name)
    {
        var workspace = WorkspaceOf(name.Workspace) ?? AddWorkspace(name.Workspace);
        var known = new KnownStream(workspace.LastId + 1, name.Kind, isNew: true);
        _add.Bind(1, known.Id);
        _add.Bind(2, workspace.Id);
        _add.BindUtf8(3, Names<StreamKind>.Utf8(name.Kind));
        _add.Bind(4, name.Id);
        _add.Run();
        if (database.Changes == 0) return null;
        workspace.LastId++;
        return _young[name] = known;
    }

    /// <summary>Takes back what was added a moment ago.</summary>
    internal void Remove(StreamId name, KnownStream stream)
    {
        _remove.Bind(1, stream.Id);
        _remove.Run();
        _young.Remove(name);
    }

    /// <summary>Whoever asks for the old name gets a new stream.</summary>
    internal void Rename(KnownStream stream, StreamId from, StreamId to)
    {
        _rename.Bind(1, to.Id);
        _rename.Bind(2, stream.Id);
        _rename.Run();
        _young.Remove(from);
        _old.Remove(from);
        _young[to] = stream;
    }

    /// <summary>Little is written about it from now on, so that after the group it need not be remembered.</summary>
    internal void Rest(StreamId name) => _resting.Add(name);

    /// <summary>Between groups only: within one, a stream must not be there twice.</summary>
    internal void Trim()
    {
        foreach (var name in _resting)
        {
            _young.Remove(name);
            _old.Remove(name);
        }
        _resting.Clear();
        if (_young.Count < remembered) return;
        (_old, _young) = (_young, _old);
        _young.Clear();
    }

    /// <summary>Forgets everything, since the tables may say otherwise.</summary>
    internal void Forget()
    {
        _young.Clear();
        _old.Clear();
        _resting.Clear();
        _workspaces.Clear();
    }

    private KnownStream? Load(StreamId name)
    {
        if (WorkspaceOf(name.Workspace) is not { } workspace) return null;
        _find.BindUtf8(1, Names<StreamKind>.Utf8(name.Kind));
        _find.Bind(2, workspace.Id);
        _find.Bind(3, name.Id);
        if (!_find.Step()) return null;
        var known = new KnownStream(_find.Number(0), name.Kind, isNew: false) { Version = _find.Number(1), Last = _find.Number(2) };
        _find.Reset();
        return known;
    }

    private Workspace? WorkspaceOf(string name)
    {
        if (_workspaces.TryGetValue(name, out var workspace)) return workspace;
        _findWorkspace.Bind(1, name);
        if (!_findWorkspace.Step()) return null;
        var id = _findWorkspace.Number(0);
        _findWorkspace.Reset();
        return _workspaces[name] = new Workspace(id, LastIdOf(id));
    }

    private Workspace AddWorkspace(string name)
    {
        _addWorkspace.Bind(1, name);
        _addWorkspace.Step();
        var id = _addWorkspace.Number(0);
        _addWorkspace.Reset();
        return _workspaces[name] = new Workspace(id, StreamKeys.First(id));
    }

    private long LastIdOf(long workspace)
    {
        _last.Bind(1, StreamKeys.First(workspace));
        _last.Bind(2, StreamKeys.Last(workspace));
        _last.Step();
        var last = _last.IsNull(0) ? StreamKeys.First(workspace) : _last.Number(0);
        _last.Reset();
        return last;
    }

    private sealed class Workspace(long id, long lastId)
    {
        internal long Id { get; } = id;
        internal long LastId { get; set; } = lastId;
    }
}
