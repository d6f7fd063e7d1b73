using Orleans;
using Orleans.Runtime;
using RoutingGrid.Engine.Activations;
using RoutingGrid.Engine.Catalog;
using RoutingGrid.Engine.CodeGeneration;
using RoutingGrid.Engine.Timers;

namespace RoutingGrid.Engine.Simulation;

/// <summary>
/// Grains that have two activations for a while, as when each half of a split cluster makes its own. Each activation that
/// calls is in one of the halves, drawn when it first calls; an activation of the split grain is in its own. Calls from
/// outside come from many clients, so each of them is drawn. A half whose activation ends makes another one when called.
/// </summary>
internal sealed class Splits(SimulatedTime time, SeededRandom choices, FaultLog log)
{
    // In the order in which they began.
    private readonly List<Split> _open = [];

    public IEnumerable<Activation> Twins => _open.Select(split => split.Twin).OfType<Activation>();

    public bool IsSplit(GrainClass grain, IdSpan key) => Find(grain, key) is not null;

    public void Begin(GrainClass grain, IdSpan key, TimeSpan duration)
    {
        var split = new Split(grain, key);
        split.Healing = time.CreateEngineTimer(TimerKind.Housekeeping, _ => Heal(split), null);
        split.Healing.Change(duration, Timeout.InfiniteTimeSpan);
        _open.Add(split);
        log.Add(FaultKind.Split, split.Grain.ToString());
    }

    public void HealAll()
    {
        while (_open.Count > 0)
        {
            Heal(_open[0]);
        }
    }

    /// <summary>The activation that a request reaches which would go to <paramref name="usual"/> in a cluster that is whole.</summary>
    public Activation Target(Activation usual, GrainRequest request)
    {
        if (_open.Count == 0 || request is TimerTick || Find(usual.Class, usual.Key) is not { } split || !IsOfTwin(split, request.Caller))
        {
            return usual;
        }

        if (split.Twin is null or { Status: ActivationStatus.Dead })
        {
            split.Twin = split.Class.CreateTwin(split.Key);
        }

        request.Host = split.Twin;
        return split.Twin;
    }

    private bool IsOfTwin(Split split, IGrainContext? caller)
    {
        if (caller is not Activation activation)
        {
            return choices.Below(2) == 1;
        }

        if (ReferenceEquals(activation.Class, split.Class) && activation.Key.Equals(split.Key))
        {
            return ReferenceEquals(activation, split.Twin);
        }

        if (!split.IsOfTwin.TryGetValue(activation, out bool isOfTwin))
        {
            split.IsOfTwin[activation] = isOfTwin = choices.Below(2) == 1;
        }

        return isOfTwin;
    }

    /// <summary>Both halves see each other again: one activation stays and the other is wound up as a duplicate.</summary>
    private void Heal(Split split)
    {
        split.Healing!.Dispose();
        _open.Remove(split);
        log.Add(FaultKind.Heal, split.Grain.ToString());
        bool keepsTwin = choices.Below(2) == 1;
        if (split.Twin is not { Status: not ActivationStatus.Dead } twin)
        {
            return;
        }

        if (split.Class.Find(split.Key) is not { } usual)
        {
            split.Class.Replace(twin);
            return;
        }

        if (keepsTwin)
        {
            split.Class.Replace(twin);
        }

        Activation duplicate = keepsTwin ? usual : twin;
        duplicate.Deactivate(new(DeactivationReasonCode.DuplicateActivation, "This grain is active on another host."));
    }

    private Split? Find(GrainClass grain, IdSpan key) => _open.Find(split => ReferenceEquals(split.Class, grain) && split.Key.Equals(key));

    private sealed class Split(GrainClass grainClass, IdSpan key)
    {
        public GrainClass Class { get; } = grainClass;

        public IdSpan Key { get; } = key;

        public GrainId Grain => new(Class.GrainType, Key);

        public Activation? Twin { get; set; }

        public ITimer? Healing { get; set; }

        public Dictionary<Activation, bool> IsOfTwin { get; } = [];
    }
}
