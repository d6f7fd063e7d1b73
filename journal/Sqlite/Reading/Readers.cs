using System.Collections.Concurrent;

namespace RoutingGrid.Journal.Sqlite.Reading;

/// <summary>The connections for reading: few, opened when needed, each lent to one reader at a time.</summary>
/// <param name="scheduler">Where reads of many rows run; null: on the pool.</param>
internal sealed class Readers(string path, int limit, TaskScheduler? scheduler) : IDisposable
{
    private readonly ConcurrentStack<Reader> _free = [];
    private readonly SemaphoreSlim _permits = new(limit);
    private bool _closed;

    /// <summary>A look-up of one or a few rows, on the caller's thread: passing it to another would take longer than the look-up.</summary>
    internal ValueTask<T> Look<T>(Func<Reader, T> read, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return _permits.Wait(0, CancellationToken.None) ? new ValueTask<T>(Lend(read)) : new ValueTask<T>(Wait(read, cancel));
    }

    /// <summary>A read of many rows, elsewhere, so that the caller's thread can serve others.</summary>
    internal ValueTask<T> Scan<T>(Func<Reader, T> read, CancellationToken cancel) =>
        new(Task.Factory.StartNew(() => Wait(read, cancel), cancel, TaskCreationOptions.DenyChildAttach, scheduler ?? TaskScheduler.Default).Unwrap());

    public void Dispose()
    {
        Volatile.Write(ref _closed, true);
        while (_free.TryPop(out var reader)) reader.Dispose();
    }

    private async Task<T> Wait<T>(Func<Reader, T> read, CancellationToken cancel)
    {
        await _permits.WaitAsync(cancel);
        return Lend(read);
    }

    private T Lend<T>(Func<Reader, T> read)
    {
        Reader? reader = null;
        try
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _closed), typeof(SqliteJournal));
            if (!_free.TryPop(out reader)) reader = new Reader(path);
            return read(reader);
        }
        catch (Native.SqliteFailure e)
        {
            // What is wrong with this connection is not handed to the next reader.
            reader?.Dispose();
            reader = null;
            throw FileTrouble.Explain(e, path);
        }
        finally
        {
            if (reader is not null) Return(reader);
            _permits.Release();
        }
    }

    private void Return(Reader reader)
    {
        _free.Push(reader);
        // Closed meanwhile: whoever closes may have looked before it was back.
        if (Volatile.Read(ref _closed)) while (_free.TryPop(out var late)) late.Dispose();
    }
}
