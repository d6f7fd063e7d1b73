#if !ORLEANS
using Orleans.Concurrency;

namespace RoutingGrid.Engine.Tests.Simulation;

/// <summary>Takes virtual time, and tells the probe what it came to do.</summary>
public interface IVictimGrain : IGrainWithStringKey
{
    /// <summary>Which activation this is.</summary>
    Task<int> Number();

    /// <summary>Tells the probe after some seconds.</summary>
    Task<int> Work(string name, int seconds);

    [OneWay]
    Task Tell(string name);

    /// <summary>Has another grain work, and tells the probe when it has.</summary>
    Task Delegate(IVictimGrain other, string name, int seconds);

    Task<int> NumberOf(IVictimGrain other);

    /// <summary>Asks for the end of this very activation, and goes on for the rest of the turn.</summary>
    Task Fall();

    [AlwaysInterleave]
    Task Hang(string name, CancellationToken cancellation);
}

public sealed class VictimGrain(Probe probe, TimeProvider time, Downfall downfall) : Grain, IVictimGrain
{
    private readonly int _number = probe.Count("victims");

    private string Key => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (Key == "slow")
        {
            await using CancellationTokenRegistration registration = cancellationToken.Register(() => probe.Write("slow start cancelled"));
            await Task.Delay(TimeSpan.FromHours(1), time, CancellationToken.None);
            probe.Write("slow started");
        }
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Write($"{Key} {_number} ends: {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public Task<int> Number() => Task.FromResult(_number);

    public async Task<int> Work(string name, int seconds)
    {
        await Task.Delay(TimeSpan.FromSeconds(seconds), time);
        probe.Write($"{Key} did {name}");
        return _number;
    }

    public Task Tell(string name)
    {
        probe.Write($"{Key} heard {name}");
        return Task.CompletedTask;
    }

    public async Task Delegate(IVictimGrain other, string name, int seconds)
    {
        await other.Work(name, seconds);
        probe.Write($"{Key} had {name} done");
    }

    public Task<int> NumberOf(IVictimGrain other) => other.Number();

    public async Task Fall()
    {
        downfall.Of(this.GetGrainId());
        probe.Write("still there");
        await Task.Yield();
        probe.Write("survived");
    }

    public async Task Hang(string name, CancellationToken cancellation)
    {
        await using CancellationTokenRegistration registration = cancellation.Register(() => probe.Write($"{name} cancelled"));
        await Task.Delay(TimeSpan.FromSeconds(20), time, cancellation);
    }
}

/// <summary>What a grain does to itself.</summary>
public sealed class Downfall
{
    public Action<GrainId> Of { get; set; } = static _ => { };
}

/// <summary>Adds up in a store, and keeps going when the store does not.</summary>
public interface ILedgerGrain : IGrainWithStringKey
{
    /// <summary>Adds one under a name; once per name, however often it is asked.</summary>
    Task Add(string name);

    Task<string[]> Names();

    /// <summary>Has another one add.</summary>
    [AlwaysInterleave]
    Task AddTo(ILedgerGrain other, string name);
}

[GenerateSerializer]
public sealed class LedgerState
{
    [Id(0)]
    public List<string> Names { get; set; } = [];
}

public sealed class LedgerGrain([PersistentState("ledger", "store")] IPersistentState<LedgerState> ledger, Probe probe) : Grain, ILedgerGrain
{
    private int _turns;

    public async Task Add(string name)
    {
        if (++_turns != 1)
        {
            probe.Write("overlap");
        }

        if (!ledger.State.Names.Contains(name))
        {
            ledger.State.Names.Add(name);
            try
            {
                await ledger.WriteStateAsync();
            }
            catch
            {
                // What is in memory may be more or less than what is stored.
                DeactivateOnIdle();
                throw;
            }
        }

        _turns--;
    }

    public async Task<string[]> Names()
    {
        await ledger.ReadStateAsync();
        return [.. ledger.State.Names];
    }

    public Task AddTo(ILedgerGrain other, string name) => other.Add(name);
}
#endif
