using RoutingGrid.Engine.Tests.Stress;

namespace RoutingGrid.Engine.Tests.Grains;

/// <summary>Comes, works and goes, and writes down every step.</summary>
public interface IStormGrain : IGrainWithStringKey
{
    Task<int> Next();

    /// <summary>Does a task, and goes after some of them.</summary>
    Task Do(long task, bool thenGo, bool takeTime);
}

public sealed class StormGrain(Ledger ledger) : Grain, IStormGrain
{
    private int _calls;
    private int _inside;
    private bool _begun;
    private bool _ended;

    private string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        ledger.Check(!_begun, "an activation begins once");
        _begun = true;
        ledger.Begin(Key);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        ledger.Check(!_ended, "an activation ends once");
        ledger.Check(_inside == 0, "running calls finish before the end");
        await Task.Yield();
        _ended = true;
        ledger.End(Key);
    }

    public Task<int> Next()
    {
        ledger.Check(_begun && !_ended, "calls come between the beginning and the end");
        return Task.FromResult(++_calls);
    }

    public async Task Do(long task, bool thenGo, bool takeTime)
    {
        ledger.Check(_begun && !_ended, "calls come between the beginning and the end");
        ledger.Check(++_inside == 1, "one call at a time");
        ledger.Do(task);
        if (thenGo)
        {
            DeactivateOnIdle();
        }

        if (takeTime)
        {
            await Task.Yield();
            await Task.Run(static () => { });
        }

        _inside--;
    }
}
