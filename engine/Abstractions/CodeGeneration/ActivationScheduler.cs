using Orleans;
using Orleans.Runtime;

namespace RoutingGrid.Engine.CodeGeneration;

/// <summary>What a request and the programming model need to know of an activation.</summary>
internal abstract class ActivationScheduler : TaskScheduler
{
    /// <summary>The method of <paramref name="request"/> has returned; called on the activation's own turn.</summary>
    public abstract void OnReturned(GrainRequest request);

    /// <summary>The activation itself, for what stands in for one.</summary>
    public virtual ActivationScheduler Activation => this;

    public abstract void EnterReentrantSection(Guid id);

    public abstract void LeaveReentrantSection(Guid id);
}

/// <summary>What grain classes ask of their activation beyond <see cref="Orleans.Runtime.IGrainContext"/>.</summary>
internal interface IActivationControl
{
    /// <summary>Here, so that asking for it does not make a service scope.</summary>
    IGrainFactory GrainFactory { get; }

    IGrainTimer RegisterTimer<TState>(Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options);

    void DelayDeactivation(TimeSpan timeSpan);
}
