using Microsoft.Extensions.Logging;
using RoutingGrid.Journal.History.Following;
using RoutingGrid.Journal.History.Sqlite.Search;
using RoutingGrid.Journal.Sqlite.Native;
using RoutingGrid.Journal.Sqlite.Reading;

namespace RoutingGrid.Journal.History.Sqlite;

/// <summary>A history in one SQLite file, or in memory: one connection that writes and readers beside it. Nobody waits for its disk, since what is lost is made again.</summary>
internal sealed class HistoryFile : IHistoryTables
{
    private const string InMemory = ":memory:";
    private readonly string _path;
    private readonly TaskScheduler _scheduler;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _writer = new(1);
    private Opened? _opened;
    private int _closed;

    /// <param name="path">Null: in memory.</param>
    internal HistoryFile(string? path, TaskScheduler? scheduler, ILogger log)
    {
        (_path, _scheduler, _log) = (path ?? InMemory, scheduler ?? TaskScheduler.Default, log);
    }

    public ValueTask<Followed> Followed(CancellationToken cancel) => Write(opened => opened.Followed(), cancel);

    public ValueTask<bool> Write(Followed before, Followed after, IReadOnlyList<HistoryStep> steps, CancellationToken cancel) =>
        Write(opened => opened.Write(before, after, steps), cancel);

    public ValueTask Clear(CancellationToken cancel) => new(Write(opened =>
    {
        Remove();
        return 0;
    }, cancel).AsTask());

    public ValueTask<bool> Tidy(CancellationToken cancel) => Write(opened => opened.Tidy(), cancel);

    /// <summary>Reads, beside the writer. Each call sees one state of the tables per statement.</summary>
    internal ValueTask<T> Read<T>(Func<Reader, T> read, CancellationToken cancel)
    {
        if (_path == InMemory) return Write(opened => read(opened.Only), cancel);
        return Elsewhere(async () =>
        {
            var readers = Volatile.Read(ref _opened)?.Readers ?? await Write(static opened => opened.Readers, cancel);
            return await readers!.Look(read, cancel);
        }, cancel);
    }

    public ValueTask<long> Forgotten(CancellationToken cancel) => Write(static opened => Reader.First(opened.Only["SELECT archive FROM followed"], static row => row.Number(0)), cancel);

    public async ValueTask Forget(IReadOnlyCollection<StreamId> cases, long file, CancellationToken cancel) => await Write(opened => opened.Transaction(() =>
    {
        opened.Projection<CaseTables>().Remove(cases);
        return opened.Execute(FormattableString.Invariant($"UPDATE followed SET archive = {file}"));
    }), cancel);

    /// <summary>For tests, which damage it.</summary>
    internal ValueTask<int> Execute(string sql) => Write(opened => opened.Execute(sql), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0) return;
        await _writer.WaitAsync();
        _opened?.Dispose();
        _opened = null;
    }

    private ValueTask<T> Write<T>(Func<Opened, T> write, CancellationToken cancel) => Elsewhere(async () =>
    {
        await _writer.WaitAsync(cancel);
        try
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _closed) != 0, typeof(IHistory));
            if (_opened is null) Volatile.Write(ref _opened, Open());
            return write(_opened!);
        }
        catch (SqliteFailure e) when (e.IsDamage)
        {
            _log.LogWarning("The history {Path} is damaged ({Reason}); it is built anew from the journal.", _path, e.Message);
            Remove();
            throw new HistoryDamagedException($"{_path} was damaged.", e);
        }
        catch (SqliteFailure e)
        {
            throw Journal.Sqlite.FileTrouble.Explain(e, _path);
        }
        finally
        {
            _writer.Release();
        }
    }, cancel);

    private Opened Open()
    {
        for (var isFirst = true; ; isFirst = false)
        {
            Database? database = null;
            try
            {
                database = new Database(_path);
                if (HistorySchema.IsOthers(database))
                    throw new JournalUnusableException($"{_path} is a SQLite database of something else. It is where the history belongs: move it away.");
                database.Execute("PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON; PRAGMA cache_size = -32768; PRAGMA mmap_size = 268435456;");
                if (HistorySchema.IsIn(database)) return new Opened(database, _path, _path == InMemory);
                if (isFirst && File.Exists(_path) && new FileInfo(_path).Length > 0)
                {
                    _log.LogInformation("The history {Path} is of another version; it is built anew from the journal.", _path);
                    database.Dispose();
                    Remove();
                    continue;
                }
                HistorySchema.Make(database);
                return new Opened(database, _path, _path == InMemory);
            }
            catch (SqliteFailure e) when (isFirst && (e.IsDamage || e.Code == SQLitePCL.raw.SQLITE_ERROR))
            {
                _log.LogWarning("The history {Path} is damaged ({Reason}); it is built anew from the journal.", _path, e.Message);
                database?.Dispose();
                Remove();
            }
            catch
            {
                database?.Dispose();
                throw;
            }
        }
    }

    private void Remove()
    {
        _opened?.Dispose();
        Volatile.Write(ref _opened, null);
        if (_path == InMemory) return;
        foreach (var ending in (string[])["", "-wal", "-shm"]) File.Delete(_path + ending);
    }

    private ValueTask<T> Elsewhere<T>(Func<Task<T>> act, CancellationToken cancel) =>
        new(Task.Factory.StartNew(act, cancel, TaskCreationOptions.DenyChildAttach, _scheduler).Unwrap());

    /// <summary>The open connections.</summary>
    internal sealed class Opened : IDisposable
    {
        private readonly Database _database;
        private readonly SqliteProjection[] _projections;
        private readonly Statement _move;

        internal Opened(Database database, string path, bool isInMemory)
        {
            _database = database;
            _projections = [.. SqliteProjection.All.Select(projection => projection.Open(database))];
            _move = database.Prepare("UPDATE followed SET position = ?, mark = ?");
            Only = new Reader(database);
            Readers = isInMemory ? null : new Readers(path, limit: 4, null);
        }

        internal Reader Only { get; }

        internal Readers? Readers { get; }

        internal T Projection<T>() where T : SqliteProjection => _projections.OfType<T>().Single();

        internal Followed Followed()
        {
            return Reader.First(Only["SELECT position, mark FROM followed"], static row => new Followed(row.Number(0), row.Text(1)))!;
        }

        internal bool Write(Followed before, Followed after, IReadOnlyList<HistoryStep> steps) => Transaction(() =>
        {
            if (Followed() != before) return false;
            foreach (var projection in _projections) projection.Write(steps);
            _move.Bind(1, after.Position);
            _move.Bind(2, after.Mark);
            _move.Run();
            return true;
        });

        internal int Execute(string sql)
        {
            _database.Execute(sql);
            return _database.Changes;
        }

        internal bool Tidy() => Transaction(() => Forgetting.Step(_database)) || Forgetting.Empties(_database);

        internal T Transaction<T>(Func<T> act)
        {
            _database.Execute("BEGIN IMMEDIATE");
            try
            {
                var result = act();
                _database.Execute("COMMIT");
                return result;
            }
            catch
            {
                if (_database.InTransaction) _database.Execute("ROLLBACK");
                foreach (var projection in _projections) projection.Forget();
                throw;
            }
        }

        public void Dispose()
        {
            Readers?.Dispose();
            _database.Dispose();
        }
    }
}
