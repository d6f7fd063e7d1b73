using Microsoft.Extensions.Logging;
using Orleans;
using RoutingGrid.Engine.Activations;
using RoutingGrid.Engine.Catalog;

namespace RoutingGrid.Engine;

/// <summary>Ends activations that nobody has called for long.</summary>
internal sealed class Collector
{
    private readonly EmbeddedEngine _engine;
    private readonly ITimer _timer;

    public Collector(EmbeddedEngine engine)
    {
        _engine = engine;
        _timer = engine.CreateTimer(TimerKind.Housekeeping, static collector => ((Collector)collector!).Sweep(), this);
        Rearm();
    }

    public void Stop() => _timer.Dispose();

    private void Sweep()
    {
        try
        {
            DateTimeOffset now = _engine.Time.GetUtcNow();
            foreach (GrainClass grain in _engine.Interfaces.Classes)
            {
                if (grain.CollectionAge is { } age)
                {
                    Sweep(grain, now, age);
                }
            }
        }
        catch (Exception error)
        {
            _engine.Log.LogError(error, "Looking for idle activations failed; the next look is in {Quantum}.", _engine.Options.CollectionQuantum);
        }

        Rearm();
    }

    private static void Sweep(GrainClass grain, DateTimeOffset now, TimeSpan age)
    {
        List<Activation> idle = [.. grain.Activations.Where(activation => activation.IsIdleSince(now, age))];

        // The order of a hash table is not an order that a seed can repeat.
        idle.Sort(static (left, right) => left.Sequence.CompareTo(right.Sequence));
        foreach (Activation activation in idle)
        {
            activation.Deactivate(new(DeactivationReasonCode.ActivationIdle, $"Nobody called it for {age}."));
        }
    }

    private void Rearm() => _timer.Change(_engine.Options.CollectionQuantum, Timeout.InfiniteTimeSpan);
}
