using System.Diagnostics.CodeAnalysis;
using Orleans.Runtime;
using RoutingGrid.Engine.CodeGeneration;

namespace Orleans;

/// <summary>The usual base of a grain class. One instance is one activation; its members are only ever used from its own turns.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    protected Grain()
        : this(RuntimeContext.Current!)
    {
    }

    protected Grain(IGrainContext grainContext) => GrainContext = grainContext;

    [AllowNull]
    public IGrainContext GrainContext { get; }

    /// <summary>A reference to this grain. Cast it with <see cref="GrainExtensions.AsReference{T}"/>.</summary>
    public GrainReference GrainReference => Context.GrainReference;

    public string IdentityString => Context.GrainId.ToString();

    /// <summary>For calling other grains from this one.</summary>
    protected IGrainFactory GrainFactory => ((IActivationControl)Context).GrainFactory;

    /// <summary>The services of this activation's scope.</summary>
    protected internal IServiceProvider ServiceProvider => Context.ActivationServices;

    private IGrainContext Context =>
        GrainContext ?? throw new InvalidOperationException($"{GetType()} was not created by the engine, so it has no grain context.");

    /// <summary>Runs after state is loaded and before the first call. If it throws, the calls that wait for it fail with its exception.</summary>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs after the last call has ended and timers are gone. It does not run when the process dies.</summary>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Deactivates this activation once its running calls have ended; calls that wait go to the next one.</summary>
    protected void DeactivateOnIdle() => ((IGrainBase)this).DeactivateOnIdle();

    /// <summary>Keeps idle collection away for <paramref name="timeSpan"/>; zero or less takes that back.</summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => ((IActivationControl)Context).DelayDeactivation(timeSpan);
}
