using Orleans;
using Orleans.Runtime;
using RoutingGrid.Engine.Activations;
using RoutingGrid.Engine.Catalog;
using RoutingGrid.Engine.CodeGeneration;

namespace RoutingGrid.Engine.Simulation;

/// <summary>Lets activations vanish, grains split and observers go away, between two turns.</summary>
internal sealed class FaultInjector
{
    private readonly EmbeddedEngine _engine;
    private readonly FaultLog _log;
    private readonly Splits _splits;
    private readonly SeededRandom _kills;
    private readonly SeededRandom _splitting;
    private readonly SeededRandom _drops;
    private readonly TimeSpan _splitFor;
    private RandomFault[] _random = [];

    public FaultInjector(EmbeddedEngine engine, SimulatedTime time, FaultLog log, SimulationOptions options)
    {
        _engine = engine;
        _log = log;
        _kills = FaultStreams.Kills.Of(options.Seed);
        _splitting = FaultStreams.Splits.Of(options.Seed);
        _drops = FaultStreams.ObserverDrops.Of(options.Seed);
        _splits = new(time, _splitting, log);
        FaultOptions faults = options.Faults ?? new();
        _splitFor = faults.SplitFor;
        _random =
        [
            .. Every(faults.KillsPerMinute, _kills, KillAny),
            .. Every(faults.SplitsPerMinute, _splitting, SplitAny),
            .. Every(faults.ObserverDropsPerMinute, _drops, DropAnyObserver),
        ];

        IEnumerable<RandomFault> Every(double perMinute, SeededRandom choices, Action strike) =>
            perMinute > 0 ? [new RandomFault(time, perMinute, choices, strike)] : [];
    }

    public void OnTurn()
    {
        foreach (RandomFault fault in _random)
        {
            fault.OnTurn();
        }
    }

    /// <summary>The activation that a request reaches.</summary>
    public Activation Target(Activation usual, GrainRequest request) => _splits.Target(usual, request);

    /// <summary>A message arrives where nobody is any more.</summary>
    public void OnLate(Activation killed, GrainRequest request) =>
        killed.Lose(request, killed.Class.IsObserver ? CallFate.TimesOut : FateOfWaiting(isNoticed: true));

    public void Kill(GrainId grain)
    {
        foreach (Activation activation in Of(grain))
        {
            Kill(activation, isNoticed: true);
        }
    }

    public bool IsActive(GrainId grain) => Of(grain).Length > 0;

    public bool Split(GrainId id, TimeSpan duration)
    {
        GrainClass grain = _engine.Interfaces.ByGrainType(id.Type) is { IsSingle: true } single
            ? single
            : throw new ArgumentException($"{id} cannot be split: it is not of a grain class that has one activation per id.", nameof(id));
        if (_splits.IsSplit(grain, id.Key))
        {
            return false;
        }

        _splits.Begin(grain, id.Key, duration);
        return true;
    }

    public bool HasObserver(GrainReference reference) => _engine.Observers.FindObserver(reference.Key) is not null;

    public void DropObserver(GrainReference reference) => Drop(_engine.Observers.FindObserver(reference.Key));

    public void DropAnyObserver() => Drop(Lots.Draw(_engine.Observers.All, _drops.NextBits()));

    public void Stop()
    {
        Array.ForEach(_random, fault => fault.Dispose());
        _random = [];
        _splits.HealAll();
    }

    private void KillAny()
    {
        bool isNoticed = _kills.Below(4) > 0;
        if (Lots.Draw(All, _kills) is { } victim)
        {
            Kill(victim, isNoticed);
        }
    }

    private void SplitAny()
    {
        if (Lots.Draw(All.Where(activation => activation.Class.IsSingle), _splitting) is { } victim && !_splits.IsSplit(victim.Class, victim.Key))
        {
            _splits.Begin(victim.Class, victim.Key, _splitFor);
        }
    }

    // A silo's death that nobody notices in time makes its callers time out.
    private void Kill(Activation victim, bool isNoticed)
    {
        _log.Add(FaultKind.Kill, victim.GrainId.ToString());
        victim.Kill(call => call.State != RequestState.Running ? FateOfWaiting(isNoticed) : isNoticed ? CallFate.Fails : CallFate.TimesOut);
    }

    private CallFate FateOfWaiting(bool isNoticed) => _kills.Below(2) == 0 ? CallFate.GoesOn : isNoticed ? CallFate.Fails : CallFate.TimesOut;

    private void Drop(Activation? observer)
    {
        if (observer is not null)
        {
            _log.Add(FaultKind.ObserverDrop, observer.GrainId.ToString());
            observer.Kill(static _ => CallFate.TimesOut);
        }
    }

    private IEnumerable<Activation> All => _engine.Interfaces.Classes.SelectMany(grain => grain.Activations)
        .Concat(_splits.Twins)
        .Where(activation => activation.Status is not (ActivationStatus.New or ActivationStatus.Dead));

    private Activation[] Of(GrainId grain) => [.. All.Where(activation => activation.GrainId == grain).Distinct().OrderBy(activation => activation.Sequence)];
}
