namespace RoutingGrid.Simulation.Tests.Seeds;

/// <summary>What is done to the records while the center works.</summary>
[Flags]
internal enum Upkeep
{
    None = 0,

    /// <summary>Customers are erased.</summary>
    Erase = 1,

    /// <summary>Closed cases go to files, where the store has an archive.</summary>
    Archive = 2,

    All = Erase | Archive,
}
