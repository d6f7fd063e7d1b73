using Microsoft.Extensions.DependencyInjection;
using Orleans;
using RoutingGrid.Engine.Storage;
using RoutingGrid.Engine.Timers;

namespace RoutingGrid.Engine.Activations;

/// <summary>What most activations do not have, kept apart so that idle ones stay small.</summary>
internal sealed class ActivationExtras
{
    public AsyncServiceScope? Scope;
    public List<StoredState>? States;
    public List<GrainTimer>? Timers;
    public List<Guid>? OpenChains;
    public DeactivationReason? Reason;

    // It had started when it was told to go: only then is it told of its end.
    public bool HadStarted;
    public TaskCompletionSource? Deactivated;
    public DateTimeOffset KeepUntil;
}
