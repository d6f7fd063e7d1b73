using Orleans.Concurrency;

namespace RoutingGrid.Engine.Tests.Grains;

/// <summary>Looks at where its code runs.</summary>
public interface ITurnGrain : IGrainWithStringKey
{
    Task<bool> AwaitStays();

    Task<bool> StartNewStays();

    Task<bool> RunLeaves();

    Task<bool> ConfigureAwaitLeaves();

    Task<bool> HasNoSynchronizationContext();

    /// <summary>Two flows of one call never run at the same time.</summary>
    Task<int> CountTogether(int flows, int each);
}

public sealed class TurnGrain : Grain, ITurnGrain
{
    private int _count;

    public async Task<bool> AwaitStays()
    {
        TaskScheduler before = TaskScheduler.Current;
        await Task.Yield();
        bool afterYield = TaskScheduler.Current == before;
        await Task.Run(static () => { });
        return before != TaskScheduler.Default && afterYield && TaskScheduler.Current == before;
    }

    public Task<bool> StartNewStays()
    {
        TaskScheduler before = TaskScheduler.Current;
        return Task.Factory.StartNew(() => TaskScheduler.Current == before);
    }

    public Task<bool> RunLeaves() => Task.Run(static () => TaskScheduler.Current == TaskScheduler.Default);

    public async Task<bool> ConfigureAwaitLeaves()
    {
#pragma warning disable ORLEANS0014 // What the rule forbids is what is shown here.
        await Task.Delay(TimeSpan.FromMilliseconds(1)).ConfigureAwait(false);
#pragma warning restore ORLEANS0014
        return TaskScheduler.Current == TaskScheduler.Default;
    }

    public async Task<bool> HasNoSynchronizationContext()
    {
        bool none = SynchronizationContext.Current is null;
        await Task.Yield();
        return none && SynchronizationContext.Current is null;
    }

    public async Task<int> CountTogether(int flows, int each)
    {
        await Task.WhenAll(Enumerable.Range(0, flows).Select(_ => Task.Factory.StartNew(() => Count(each)).Unwrap()));
        return _count;
    }

    private async Task Count(int times)
    {
        for (int i = 0; i < times; i++)
        {
            // Would lose counts if another flow ran between the read and the write.
            int seen = _count;
            Thread.SpinWait(10);
            _count = seen + 1;
            await Task.Yield();
        }
    }
}
