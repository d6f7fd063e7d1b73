using System.Collections.Concurrent;

namespace RoutingGrid.Engine.Tests;

/// <summary>How tests see into grains and hold them up: gates that calls wait at, signals and a log, all by name.</summary>
public sealed class Probe
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _signals = new();
    private readonly ConcurrentDictionary<string, int> _counts = new();
    private readonly ConcurrentQueue<string> _log = new();

    public IReadOnlyCollection<string> Log => _log;

    /// <summary>Completes when somebody has signalled <paramref name="name"/>; fails after a time that no machine needs.</summary>
    public Task Signalled(string name) => Source(name).Task.WaitAsync(TimeSpan.FromSeconds(60));

    public bool IsSignalled(string name) => Source(name).Task.IsCompleted;

    public void Signal(string name) => Source(name).TrySetResult();

    public void Write(string entry) => _log.Enqueue(entry);

    /// <summary>What was written about <paramref name="owner"/>, without its name.</summary>
    public string[] LogOf(string owner) =>
        [.. _log.Where(entry => entry.StartsWith(owner + " ", StringComparison.Ordinal)).Select(entry => entry[(owner.Length + 1)..])];

    public int Count(string name) => _counts.AddOrUpdate(name, 1, static (_, count) => count + 1);

    public int CountOf(string name) => _counts.GetValueOrDefault(name);

    private TaskCompletionSource Source(string name) =>
        _signals.GetOrAdd(name, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}

/// <summary>A service with the lifetime of an activation.</summary>
public sealed class ScopedThing(Probe probe) : IDisposable
{
    public void Dispose() => probe.Write("scope disposed");
}

/// <summary>A service with the lifetime of an activation, which says whose it was.</summary>
public sealed class ScopedNote(Probe probe) : IDisposable
{
    public string Owner { get; set; } = "";

    public void Dispose()
    {
        probe.Write(Owner + " scope disposed");
        probe.Signal(Owner + " scope disposed");
    }
}
