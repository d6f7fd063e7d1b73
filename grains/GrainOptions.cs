namespace RoutingGrid.Grains;

/// <summary>How often grains repair what lost messages may have left behind. Tests and simulations choose their own.</summary>
public sealed record GrainOptions
{
    /// <summary>How old a process's copy of a configuration may be. Infinite where one process runs every grain: it is told of each change.</summary>
    public TimeSpan ConfigurationMaxAge { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the router compares its memory with the read models.</summary>
    public TimeSpan RouterRepair { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After this time without an answer, a proposal counts as lost.</summary>
    public TimeSpan ProposalTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the router asks a signed-in agent to read again what they hold.</summary>
    public TimeSpan AgentRepair { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an agent's grain sends notices to an observer that does not renew itself.</summary>
    public TimeSpan ObserverLife { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often a clock shard reads its rows again; it holds what is due before the next but one reading.</summary>
    public TimeSpan ClockReading { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After how many events a grain that folds its whole stream when it starts keeps a snapshot of it.</summary>
    public int SnapshotEvery { get; init; } = 256;

    /// <summary>Whether clock shards keep a reminder that revives them. Needed on a cluster; a single process starts them itself.</summary>
    public bool ClockReminders { get; init; } = true;
}
