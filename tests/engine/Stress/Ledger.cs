using System.Collections.Concurrent;

namespace RoutingGrid.Engine.Tests.Stress;

/// <summary>What grains under stress write down about themselves: who lives, what was done, and every rule that was broken.</summary>
public sealed class Ledger
{
    private readonly ConcurrentDictionary<string, int> _living = new();
    private readonly ConcurrentDictionary<long, int> _done = new();
    private readonly ConcurrentDictionary<string, int> _broken = new();
    private readonly ConcurrentDictionary<string, int> _ticks = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource> _awaited = new();
    private int _begun;
    private int _ended;

    public int Begun => Volatile.Read(ref _begun);

    public int Ended => Volatile.Read(ref _ended);

    public int Living => _living.Values.Sum();

    /// <summary>The rules that were broken, and how often.</summary>
    public IReadOnlyDictionary<string, int> Broken => _broken;

    public void Begin(string grain)
    {
        Interlocked.Increment(ref _begun);
        Check(_living.AddOrUpdate(grain, 1, static (_, count) => count + 1) == 1, "one activation at a time");
    }

    public void End(string grain)
    {
        Check(_living.AddOrUpdate(grain, -1, static (_, count) => count - 1) == 0, "every end has one beginning");
        int ended = Interlocked.Increment(ref _ended);
        if (_awaited.TryGetValue(ended, out TaskCompletionSource? reached))
        {
            reached.TrySetResult();
        }
    }

    public void Do(long task) => Check(_done.AddOrUpdate(task, 1, static (_, count) => count + 1) == 1, "nothing is done twice");

    /// <summary>Counts a tick of whatever it was.</summary>
    public void Ticked(string what) => _ticks.AddOrUpdate(what, 1, static (_, count) => count + 1);

    public int Ticks(string what) => _ticks.GetValueOrDefault(what);

    public bool WasDone(long task) => _done.ContainsKey(task);

    public void Check(bool holds, string rule)
    {
        if (!holds)
        {
            _broken.AddOrUpdate(rule, 1, static (_, count) => count + 1);
        }
    }

    /// <summary>Completes when that many activations have ended.</summary>
    public Task AllEnded(int count)
    {
        TaskCompletionSource reached = _awaited.GetOrAdd(count, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (Ended >= count)
        {
            reached.TrySetResult();
        }

        return reached.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }
}
