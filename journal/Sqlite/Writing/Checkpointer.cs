using Microsoft.Extensions.Logging;
using RoutingGrid.Journal.Sqlite.Native;

namespace RoutingGrid.Journal.Sqlite.Writing;

/// <summary>Moves the write-ahead log into the file beside the writer, which otherwise stood still for it again and again.</summary>
/// <remarks>
/// The log starts over only when all of it has been moved, and the writer goes on meanwhile. So each pass leaves less than the
/// one before; when little is left the writer is asked to move that itself, between two commits.
/// </remarks>
internal sealed class Checkpointer : IDisposable
{
    /// <summary>Pages in the log from which it is worth while: 64 MB.</summary>
    internal const int StartPages = 16_384;

    /// <summary>Pages in the log from which the writer waits for all of it: 512 MB. Only a reader that never ends lets it come to
    /// this.</summary>
    internal const int LimitPages = 131_072;

    private const int LittlePages = 512;
    private const int MostPasses = 4;
    private readonly string _path;
    private readonly ILogger _log;
    private readonly AutoResetEvent _wanted = new(false);
    private readonly Thread _thread;
    private volatile bool _busy;
    private volatile bool _finish;
    private volatile bool _closed;

    internal Checkpointer(string path, ILogger log)
    {
        (_path, _log) = (path, log);
        _thread = new Thread(Run) { IsBackground = true, Name = "journal checkpoints" };
        _thread.Start();
    }

    /// <summary>Called between commits with the pages in the log. True: the writer shall move the rest now.</summary>
    internal bool WantsTheRest(long pages)
    {
        if (_finish)
        {
            _finish = false;
            return true;
        }
        if (pages >= StartPages && !_busy)
        {
            _busy = true;
            _wanted.Set();
        }
        return pages >= LimitPages;
    }

    /// <summary>The rest has been moved; the log grows from nothing.</summary>
    internal void Done() => _busy = false;

    public void Dispose()
    {
        _closed = true;
        _wanted.Set();
        _thread.Join();
        _wanted.Dispose();
    }

    private void Run()
    {
        Database? database = null;
        while (_wanted.WaitOne() && !_closed)
        {
            try
            {
                database ??= new Database(_path);
                Move(database);
            }
            catch (SqliteFailure e)
            {
                // The log is complete without it. The writer's own turn comes, and it will say what is wrong with the disk.
                _log.LogWarning(e, "The write-ahead log of {Path} could not be moved into the file.", _path);
                database?.Dispose();
                database = null;
            }
            _finish = true;
        }
        database?.Dispose();
    }

    private void Move(Database database)
    {
        using var pass = database.Prepare("PRAGMA wal_checkpoint(PASSIVE)");
        for (var i = 0; i < MostPasses && !_closed; i++)
        {
            pass.Step();
            var left = pass.Number(1) - pass.Number(2);
            pass.Reset();
            if (left <= LittlePages) return;
        }
    }
}
