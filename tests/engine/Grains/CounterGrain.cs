using Orleans.Concurrency;

namespace RoutingGrid.Engine.Tests.Grains;

/// <summary>Counts, and notices when two of its turns run at the same time.</summary>
public interface ICounterGrain : IGrainWithStringKey
{
    Task Count();

    Task CountSlowly();

    Task<int> Next();

    Task<(int Count, int Overlaps)> Result();

    Task Go();

    Task<int> Gather(ICounterGrain[] leaves, int rounds);

    Task<int> One();

    [OneWay]
    Task Tell(int last, string signal);
}

public interface IReentrantCounterGrain : ICounterGrain;

public class CounterGrain(Probe probe) : Grain, ICounterGrain
{
    private int _turns;
    private int _count;
    private int _overlaps;

    public Task Count()
    {
        Enter();
        Leave();
        return Task.CompletedTask;
    }

    public async Task CountSlowly()
    {
        Enter();
        Leave();
        await Task.Yield();
        Enter();
        _count--;
        Leave();
    }

    public Task<int> Next() => Task.FromResult(++_count);

    public Task<(int Count, int Overlaps)> Result() => Task.FromResult((_count, _overlaps));

    public Task Go()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task<int> Gather(ICounterGrain[] leaves, int rounds)
    {
        int sum = 0;
        for (int i = 0; i < rounds; i++)
        {
            foreach (int answer in await Task.WhenAll(leaves.Select(leaf => leaf.One())))
            {
                Enter();
                Leave();
                sum += answer;
            }
        }

        return _overlaps == 0 ? sum : -1;
    }

    public async Task<int> One()
    {
        await Task.Yield();
        return 1;
    }

    public Task Tell(int last, string signal)
    {
        Enter();
        Leave();
        if (_count == last)
        {
            probe.Signal(signal);
        }

        return Task.CompletedTask;
    }

    private void Enter()
    {
        if (Interlocked.Increment(ref _turns) != 1)
        {
            _overlaps++;
        }
    }

    private void Leave()
    {
        // Without the guarantee, two turns would lose counts here.
        int seen = _count;
        Thread.SpinWait(5);
        _count = seen + 1;
        Interlocked.Decrement(ref _turns);
    }
}

[Reentrant]
public sealed class ReentrantCounterGrain(Probe probe) : CounterGrain(probe), IReentrantCounterGrain;
