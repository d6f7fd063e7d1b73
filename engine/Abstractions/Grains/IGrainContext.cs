namespace Orleans.Runtime;

/// <summary>One activation, as seen by its grain and by the services it uses.</summary>
public interface IGrainContext : IEquatable<IGrainContext>
{
    GrainReference GrainReference { get; }

    GrainId GrainId { get; }

    /// <summary>The grain object; null until it is constructed and for observers that are gone.</summary>
    object? GrainInstance { get; }

    /// <summary>The services of this activation's scope, disposed with it.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>Completes when the activation has ended.</summary>
    Task Deactivated { get; }

    /// <summary>
    /// Stops admission at once; running calls finish, then OnDeactivateAsync runs; calls that wait go to the next activation.
    /// Later calls of this change nothing.
    /// </summary>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}

/// <summary>Gives the activation whose turn is running, if one is.</summary>
public interface IGrainContextAccessor
{
    IGrainContext GrainContext { get; }
}
