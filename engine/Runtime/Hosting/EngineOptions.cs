using System.Reflection;

namespace RoutingGrid.Engine;

/// <summary>Settings of the embedded engine. The defaults are those of Orleans.</summary>
public sealed class EngineOptions
{
    /// <summary>How long a caller waits for an answer before it gets a <see cref="TimeoutException"/>. Methods may say otherwise.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an activation is idle before it is collected. Classes may say otherwise.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often idle activations are looked for; an activation may live longer by that much.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long loading the state and OnActivateAsync may take together; then the calls that wait for them fail.</summary>
    public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long OnDeactivateAsync may take.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    public TimeSpan MinimumReminderPeriod { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The clock; null for the <see cref="System.TimeProvider"/> among the services.</summary>
    public TimeProvider? TimeProvider { get; set; }

    /// <summary>Assemblies with grains that nothing that is loaded refers to.</summary>
    public IList<Assembly> Assemblies { get; } = [];
}
