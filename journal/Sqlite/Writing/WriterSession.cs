using RoutingGrid.Journal.Sqlite.Native;

namespace RoutingGrid.Journal.Sqlite.Writing;

/// <summary>The writing connection and what is remembered beside it. Used by the writer's thread alone.</summary>
internal sealed class WriterSession : IDisposable
{
    private readonly Database _database;
    private readonly StreamTable _streams;
    private readonly EventTable _events;
    private readonly KeyTable _keys;
    private readonly RowTable _rows;
    private readonly DeadlineTable _deadlines;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private KnownStream?[] _named = new KnownStream?[4];

    // What the append that is being looked at has added by now.
    private int[] _addedAt = new int[4];
    private int _added;
    private int _claimed;
    private long _position;
    private long _logStart;

    internal WriterSession(SqliteJournalOptions options, TimeProvider time)
    {
        _database = new Database(options.Path);
        try
        {
            Configure(options, time);
            _streams = new StreamTable(_database, options.RememberedStreams);
            _events = new EventTable(_database);
            _keys = new KeyTable(_database);
            _rows = new RowTable(_database, _streams);
            _deadlines = new DeadlineTable(_database);
            Documents = new DocumentTable(_database);
            _begin = _database.Prepare("BEGIN IMMEDIATE");
            _commit = _database.Prepare("COMMIT");
            _position = _events.LastPosition();
        }
        catch
        {
            _database.Dispose();
            throw;
        }
    }

    internal DocumentTable Documents { get; }

    internal ArchiveTable Archive => field ??= new ArchiveTable(_database, _streams);

    internal void Begin() => _begin.Run();

    /// <summary>Everything that the group said last, once. After this, only the commit is left.</summary>
    internal void Flush()
    {
        _events.Flush();
        _rows.Flush();
        _deadlines.Flush();
        Documents.Flush();
    }

    internal void Commit()
    {
        _commit.Run();
        _streams.Trim();
    }

    /// <summary>Undoes the group. When this returns, nothing of it is or will ever be in the file.</summary>
    internal void Rollback()
    {
        // SQLite has undone some failures by itself already.
        if (_database.InTransaction) _database.Execute("ROLLBACK");
        _streams.Forget();
        _events.Forget();
        _rows.Forget();
        _deadlines.Forget();
        Documents.Forget();
        _position = _events.LastPosition();
    }

    /// <summary>Writes all of it, or leaves nothing behind and says why.</summary>
    internal AppendResult Write(AppendItem item)
    {
        var append = item.Append;
        if (Refusal(item) is { } refusal)
        {
            for (var i = 0; i < _added; i++) _streams.Remove(append.Streams[_addedAt[i]].Stream, _named[_addedAt[i]]!);
            for (var i = 0; i < _claimed; i++) _events.Remove(append.Claims[i]);
            return refusal;
        }
        WriteEvents(item);
        WriteKeys(item);
        if (append.Erasure is { } erasure) Erase(append, erasure);
        for (var i = 0; i < append.Changes.Length; i++) Apply(item, i);
        return new AppendResult.Committed(_position);
    }

    /// <summary>Throws every row and deadline away. What was remembered of them is forgotten.</summary>
    internal void ClearRows()
    {
        _events.Flush();
        _database.Execute("DELETE FROM case_row; DELETE FROM case_agent; DELETE FROM agent_row; DELETE FROM deadline;");
        _streams.Forget();
    }

    /// <summary>Writes rows and deadlines that no events come with.</summary>
    internal void WriteRows(AppendItem item)
    {
        for (var i = 0; i < item.Append.Changes.Length; i++) Apply(item, i);
        _rows.Flush();
        _deadlines.Flush();
        _streams.Trim();
    }

    public void Dispose() => _database.Dispose();

    /// <summary>Pages in the write-ahead log since it began anew.</summary>
    internal long LogPages => _database.PagesWritten - _logStart;

    /// <summary>Moves what is left of the write-ahead log into the file, as far as no reader needs it; the next commit begins it
    /// anew.</summary>
    internal void MoveLog()
    {
        _database.Execute("PRAGMA wal_checkpoint(PASSIVE)");
        _logStart = _database.PagesWritten;
    }

    /// <summary>Moves the whole log into the file and empties it.</summary>
    internal void EmptyLog() => _database.Execute("PRAGMA wal_checkpoint(TRUNCATE)");

    /// <summary>Pages in the log still have what was erased.</summary>
    internal bool MustEmptyLog { get; private set; }

    /// <summary>Empties the log, unless somebody still reads what was before it.</summary>
    internal void TryEmptyLog(TimeSpan patience)
    {
        _database.Execute($"PRAGMA busy_timeout = {(int)patience.TotalMilliseconds}");
        using var pass = _database.Prepare("PRAGMA wal_checkpoint(TRUNCATE)");
        pass.Step();
        MustEmptyLog = pass.Number(0) != 0;
        pass.Reset();
        _database.Execute($"PRAGMA busy_timeout = {Database.Patience}");
        _logStart = _database.PagesWritten;
    }

    /// <summary>Why an append cannot be written; null: it can, and its new streams and its claims are. Both are looked for by adding them.</summary>
    private AppendResult? Refusal(AppendItem item)
    {
        var append = item.Append;
        (_added, _claimed) = (0, 0);
        if (_named.Length < append.Streams.Length) (_named, _addedAt) = (new KnownStream?[append.Streams.Length], new int[append.Streams.Length]);
        for (var i = 0; i < append.Streams.Length; i++)
        {
            var stream = append.Streams[i];
            var actual = (_named[i] = Find(stream, i))?.Version ?? 0;
            if (actual != stream.ExpectedVersion) return new AppendResult.VersionConflict(stream.Stream, stream.ExpectedVersion, actual);
        }
        foreach (var claim in append.Claims)
        {
            if (_events.Claim(claim) is { } value) return new AppendResult.ClaimTaken(claim.Key, value);
            _claimed++;
        }
        foreach (var key in item.Sealing.Keys)
            if (!key.IsNew && !_keys.Has(_streams.Remembered(key.Customer), key.Key)) return new AppendResult.VersionConflict(key.Customer, 0, 0);
        return null;
    }

    private KnownStream? Find(StreamAppend stream, int place)
    {
        if (stream.ExpectedVersion > 0 || stream.Events.IsEmpty) return _streams.Find(stream.Stream);
        if (_streams.Remembered(stream.Stream) is { } known) return known;
        if (_streams.TryAdd(stream.Stream) is not { } added) return _streams.Find(stream.Stream);
        _addedAt[_added++] = place;
        return added;
    }

    private void WriteEvents(AppendItem item)
    {
        var append = item.Append;
        for (var i = 0; i < append.Streams.Length; i++)
        {
            if (append.Streams[i].Events.IsEmpty) continue;
            var stream = _named[i]!;
            stream.Version += append.Streams[i].Events.Length;
            _position += append.Streams[i].Events.Length;
            _events.Add(_position, stream, item.EventsOf(i));
        }
    }

    private void WriteKeys(AppendItem item)
    {
        foreach (var key in item.Sealing.Keys)
            if (key.IsNew) _keys.Add(Named(item.Append, key.Customer), key.Key);
    }

    private void Erase(Append append, Erasure erasure)
    {
        for (var i = 0; i < append.Streams.Length; i++)
            if (_named[i] is { } stream && append.Streams[i].Stream.Kind is StreamKind.Customer or StreamKind.Case) _events.EraseUnsealed(stream, erasure.Pseudonym);
        var customer = Named(append, erasure.Customer);
        _keys.Destroy(customer, erasure.Pseudonym);
        _streams.Rename(customer, erasure.Customer, erasure.Customer with { Id = erasure.Pseudonym });
        foreach (var claim in erasure.Claims) _events.Erase(claim);
        Documents.Delete(SnapshotDocuments.Customer, SnapshotDocuments.CustomerKey(erasure.Customer.Workspace, erasure.Customer.Id));
        MustEmptyLog = true;
    }

    private void Apply(AppendItem item, int change)
    {
        switch (item.Append.Changes[change])
        {
            case ReadModelChange.PutCase put:
                _rows.Put(Named(item.Append, new StreamId(StreamKind.Case, put.Row.Workspace, put.Row.CaseId)), item, change);
                break;
            case ReadModelChange.PutAgent put:
                _rows.Put(Named(item.Append, new StreamId(StreamKind.Agent, put.Row.Workspace, put.Row.AgentId)), item, change);
                break;
            case ReadModelChange.PutDeadline put:
                _deadlines.Put(Owner(item.Append, put.Row.Owner), put.Row);
                break;
            case ReadModelChange.RemoveDeadline remove:
                _deadlines.Remove(Owner(item.Append, remove.Owner), remove.Kind, remove.Key);
                break;
        }
    }

    private KnownStream Owner(Append append, DeadlineOwner owner) =>
        Named(append, new StreamId(owner.Kind == DeadlineOwnerKind.Case ? StreamKind.Case : StreamKind.Agent, owner.Workspace, owner.Id));

    // Nearly every change is about a stream of the same append: comparing two texts is cheaper than hashing one.
    private KnownStream Named(Append append, StreamId name)
    {
        for (var i = 0; i < append.Streams.Length; i++)
            if (append.Streams[i].Stream == name) return _named[i] ??= _streams.FindOrAdd(name);
        return _streams.FindOrAdd(name);
    }

    private void Configure(SqliteJournalOptions options, TimeProvider time)
    {
        Schema.Prepare(_database, options.Path, time);
        if (_database.Ask("PRAGMA journal_mode = WAL") != "wal")
            throw new JournalUnusableException(
                $"{options.Path} cannot have a write-ahead log: its file system does not support shared memory. Put it on a local disk.");
        _database.Execute(
            $"""
            PRAGMA synchronous = {(options.Synchronous == SqliteSynchronous.Full ? "FULL" : "NORMAL")};
            PRAGMA cache_size = -{options.CacheMegabytes * 1024};
            PRAGMA wal_autocheckpoint = 0;
            PRAGMA temp_store = MEMORY;
            PRAGMA secure_delete = ON;
            """);
        if (options.PageLimit > 0) _database.Execute($"PRAGMA max_page_count = {options.PageLimit}");
    }
}
