namespace RoutingGrid.Engine.Simulation;

/// <summary>
/// What goes wrong in a simulation, and how often. Each kind draws from a stream of its own, so that switching one on does
/// not change what another one draws. Everything is off by default.
/// </summary>
public sealed record FaultOptions
{
    /// <summary>
    /// Activations that vanish as if their silo had died, per minute of virtual time, as a Poisson process. Half of them are
    /// taken from those that are busy. Activations of stateless workers are taken like any other; observers are not.
    /// </summary>
    public double KillsPerMinute { get; init; }

    /// <summary>Grains that come to have two activations for <see cref="SplitFor"/>, per minute of virtual time, as a Poisson process.</summary>
    public double SplitsPerMinute { get; init; }

    /// <summary>How long the two activations of a split grain live side by side.</summary>
    public TimeSpan SplitFor { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Observers whose process goes away, per minute of virtual time, as a Poisson process.</summary>
    public double ObserverDropsPerMinute { get; init; }

    /// <summary>How many of a hundred reads, writes and clears fail, having changed nothing.</summary>
    public double StorageFailurePercent { get; init; }

    /// <summary>How many of a hundred reads, writes and clears take time.</summary>
    public double StorageDelayPercent { get; init; }

    /// <summary>The longest that a delayed one takes; each draws its own delay up to this, in whole milliseconds.</summary>
    public TimeSpan StorageDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many of a hundred writes and clears throw without saying whether they were done. Half of them were.</summary>
    public double StorageUnknownPercent { get; init; }

    /// <summary>From this moment on nothing more goes wrong, and what is split heals. Null: until <see cref="SimulatedEngine.StopFaults"/>.</summary>
    public DateTimeOffset? Until { get; init; }

    internal bool AnyOfStorage => StorageFailurePercent > 0 || StorageDelayPercent > 0 || StorageUnknownPercent > 0;

    internal void Check()
    {
        CheckRate(KillsPerMinute, nameof(KillsPerMinute));
        CheckRate(SplitsPerMinute, nameof(SplitsPerMinute));
        CheckRate(ObserverDropsPerMinute, nameof(ObserverDropsPerMinute));
        CheckPercent(StorageFailurePercent, nameof(StorageFailurePercent));
        CheckPercent(StorageDelayPercent, nameof(StorageDelayPercent));
        CheckPercent(StorageUnknownPercent, nameof(StorageUnknownPercent));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(SplitFor, TimeSpan.Zero, nameof(SplitFor));
        ArgumentOutOfRangeException.ThrowIfLessThan(StorageDelay, TimeSpan.Zero, nameof(StorageDelay));
    }

    private static void CheckRate(double rate, string name)
    {
        if (!(rate is >= 0 and <= 1_000_000))
        {
            throw new ArgumentOutOfRangeException(name, rate, "Must be from 0 to 1,000,000 per minute of virtual time.");
        }
    }

    private static void CheckPercent(double percent, string name)
    {
        if (!(percent is >= 0 and <= 100))
        {
            throw new ArgumentOutOfRangeException(name, percent, "Must be from 0 to 100.");
        }
    }
}
