using System.Reflection;
using Orleans.Concurrency;
using RoutingGrid.Engine.Simulation;

namespace RoutingGrid.Simulation.Faults;

/// <summary>Loses and delays one-way messages between grains.</summary>
public sealed class UnreliableMessages(MessageFaults faults, SeededRandom random, TimeProvider time, FaultLog log) : IOutgoingGrainCallFilter
{
    private readonly Dictionary<MethodInfo, bool> _isOneWay = [];

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        if (time.GetUtcNow() < faults.Until && IsOneWay(context.InterfaceMethod))
        {
            var draw = random.Below(100);
            if (draw < faults.Lost)
            {
                Note("lost", context, "is lost");
                return;
            }
            if (draw < faults.Lost + faults.Delayed)
            {
                var wait = TimeSpan.FromMilliseconds(1 + random.Below((int)faults.Longest.TotalMilliseconds));
                Note("late", context, FormattableString.Invariant($"takes {wait.TotalSeconds:0.0} s"));
                await Task.Delay(wait, time);
            }
        }
        await context.Invoke();
    }

    private bool IsOneWay(MethodInfo method)
    {
        if (!_isOneWay.TryGetValue(method, out var known)) _isOneWay[method] = known = method.IsDefined(typeof(OneWayAttribute), inherit: true);
        return known;
    }

    private void Note(string kind, IOutgoingGrainCallContext context, string what) => log.Add(
        time.GetUtcNow(), kind, $"{context.MethodName} from {context.SourceId?.ToString() ?? "outside"} to {context.TargetId} {what}.");
}
