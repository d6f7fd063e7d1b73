using Orleans.Runtime;
using Orleans.Timers;
using RoutingGrid.Engine.Activations;

namespace RoutingGrid.Engine.Timers;

/// <summary>Makes grain timers.</summary>
internal sealed class TimerRegistry : ITimerRegistry
{
    public IGrainTimer RegisterGrainTimer<TState>(
        IGrainContext grainContext, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return ((Activation)grainContext).RegisterTimer(callback, state, options);
    }
}
