namespace RoutingGrid.Simulation.People;

/// <summary>What somebody does at the same time: at most one thing per key, each of which can be stopped.</summary>
/// <param name="failed">Told of what ended in an exception, so that nothing fails in silence.</param>
internal sealed class Works(Action<Exception> failed)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (CancellationTokenSource Stop, Task Task)> _running = [];

    public int Count
    {
        get { lock (_lock) return _running.Count; }
    }

    /// <summary>Begins it, unless it is being done already.</summary>
    public void Start(string key, Func<CancellationToken, Task> work)
    {
        lock (_lock)
        {
            if (_running.ContainsKey(key)) return;
            var stop = new CancellationTokenSource();
            _running[key] = (stop, Run(key, work, stop));
        }
    }

    public void Stop(string key)
    {
        lock (_lock)
        {
            if (_running.Remove(key, out var running)) running.Stop.Cancel();
        }
    }

    /// <summary>Stops everything but what is to be kept.</summary>
    public void StopExcept(IReadOnlySet<string> kept)
    {
        lock (_lock)
        {
            foreach (var key in _running.Keys.Where(key => !kept.Contains(key)).ToList()) Stop(key);
        }
    }

    /// <summary>Stops everything and waits until all of it has stopped.</summary>
    public async Task StopAll()
    {
        List<(CancellationTokenSource Stop, Task Task)> all;
        lock (_lock)
        {
            all = [.. _running.Values];
            _running.Clear();
        }
        foreach (var (stop, _) in all) stop.Cancel();
        await Task.WhenAll(all.Select(running => running.Task));
    }

    private async Task Run(string key, Func<CancellationToken, Task> work, CancellationTokenSource stop)
    {
        await Task.Yield(); // what follows must not run inside Start's lock
        try
        {
            await work(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It was stopped.
        }
        catch (Exception exception)
        {
            failed(exception);
        }
        finally
        {
            lock (_lock)
            {
                if (_running.TryGetValue(key, out var running) && running.Stop == stop) _running.Remove(key);
            }
        }
    }
}
