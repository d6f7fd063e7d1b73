using System.Collections.Concurrent;
using Orleans.Concurrency;
using Orleans.Runtime;
using RoutingGrid.Engine.Activations;
using RoutingGrid.Engine.CodeGeneration;

namespace RoutingGrid.Engine.Catalog;

/// <summary>A class of stateless workers: several activations for one key, a call going to one that is free.</summary>
internal sealed class StatelessWorkers(EmbeddedEngine engine, Type type, StatelessWorkerAttribute attribute) : GrainClass(engine, type)
{
    private readonly ConcurrentDictionary<IdSpan, List<Activation>> _workers = new();
    private readonly int _maximum = attribute.MaxLocal > 0 ? attribute.MaxLocal : engine.Parallelism;

    public override IEnumerable<Activation> Activations => _workers.SelectMany(pair => Snapshot(pair.Value));

    public override bool IsSingle => false;

    public override int Count => Activations.Count();

    public override void Receive(GrainReference reference, GrainRequest request) => Pick(reference.Key).Receive(request);

    public override void Remove(Activation activation)
    {
        if (_workers.TryGetValue(activation.Key, out List<Activation>? workers))
        {
            lock (workers)
            {
                workers.Remove(activation);
            }
        }
    }

    private Activation Pick(IdSpan key)
    {
        List<Activation> workers = _workers.GetOrAdd(key, static _ => []);
        lock (workers)
        {
            Activation? least = null;
            foreach (Activation worker in workers)
            {
                if (worker.Load == 0)
                {
                    return worker;
                }

                least = least is null || worker.Load < least.Load ? worker : least;
            }

            if (workers.Count < _maximum)
            {
                workers.Add(least = new Activation(this, key, Engine.NextSequence()));
            }

            return least!;
        }
    }

    private static Activation[] Snapshot(List<Activation> workers)
    {
        lock (workers)
        {
            return [.. workers];
        }
    }
}
