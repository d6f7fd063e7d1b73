using System.Collections.Concurrent;
using System.Globalization;
using Orleans;
using Orleans.Runtime;
using RoutingGrid.Engine.Activations;
using RoutingGrid.Engine.CodeGeneration;

namespace RoutingGrid.Engine.Catalog;

/// <summary>
/// Objects that grains call back into. Each is an activation of its own, so its calls are sequential. They are held weakly,
/// as in Orleans; under simulation strongly, since a run must not depend on the garbage collector.
/// </summary>
internal sealed class Observers(EmbeddedEngine engine) : GrainClass(engine, GrainType.Create("observer"))
{
    private readonly ConcurrentDictionary<IdSpan, Activation> _observers = new();
    private long _last;

    public override bool IsObserver => true;

    public override IEnumerable<Activation> Activations => [];

    public override bool IsSingle => false;

    /// <summary>All observers, which the engine does not wind up and so does not count among its activations.</summary>
    public IEnumerable<Activation> All => _observers.Select(pair => pair.Value);

    public Activation? FindObserver(IdSpan key) => _observers.GetValueOrDefault(key);

    public override int Count => _observers.Count;

    public IdSpan Add(IGrainObserver observer)
    {
        var key = IdSpan.Create(Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture));
        object held = Engine.HoldsObservers ? observer : new WeakReference(observer);
        _observers[key] = new Activation(this, key, Engine.NextSequence(), held);
        return key;
    }

    public void Delete(IdSpan key)
    {
        if (_observers.TryGetValue(key, out Activation? activation))
        {
            activation.Vanish();
        }
    }

    public override void Receive(GrainReference reference, GrainRequest request)
    {
        if (_observers.TryGetValue(reference.Key, out Activation? target))
        {
            target.Receive(request);
        }
        else if (!request.Is(CallOptions.OneWay))
        {
            // Nobody there: the caller finds out by its timeout, as it would with a client that went away.
            request.ExpectAnswer();
            Engine.Track(request);
        }
    }

    public override void Remove(Activation activation) => _observers.TryRemove(new(activation.Key, activation));
}
