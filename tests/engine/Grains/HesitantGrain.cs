using RoutingGrid.Engine.Tests.Stress;

namespace RoutingGrid.Engine.Tests.Grains;

/// <summary>Is cancelled at any moment of its calls.</summary>
public interface IHesitantGrain : IGrainWithStringKey
{
    /// <summary>Goes on for some turns, or for ever, unless it is cancelled; asks another on the way, if there is one.</summary>
    Task<long> Do(long task, int turns, IHesitantGrain? other, CancellationToken cancellation);

    Task<(int Started, int Finished)> Result();
}

public sealed class HesitantGrain(Ledger ledger) : Grain, IHesitantGrain
{
    private int _started;
    private int _finished;

    public async Task<long> Do(long task, int turns, IHesitantGrain? other, CancellationToken cancellation)
    {
        ledger.Check(_started == _finished, "one call at a time");
        _started++;
        try
        {
            if (other is not null)
            {
                await other.Do(-task - 1, turns, null, cancellation);
            }

            for (int i = 0; i != turns; i++)
            {
                if (turns < 0)
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
                }

                cancellation.ThrowIfCancellationRequested();
                await Task.Yield();
            }

            ledger.Do(task);
            return task;
        }
        finally
        {
            _finished++;
        }
    }

    public Task<(int Started, int Finished)> Result() => Task.FromResult((_started, _finished));
}
