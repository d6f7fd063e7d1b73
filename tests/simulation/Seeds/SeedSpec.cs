using RoutingGrid.Simulation.Tests.Faults;

namespace RoutingGrid.Simulation.Tests.Seeds;

/// <summary>Where a run keeps its journal.</summary>
internal enum Store { Memory, Sqlite }

/// <summary>All that decides a run.</summary>
internal sealed record SeedSpec(ulong Seed, Store Store = Store.Memory, FaultKinds Faults = FaultKinds.None, Upkeep Upkeep = Upkeep.None)
{
    /// <summary>What repeats exactly this run.</summary>
    public string Command =>
        $"dotnet run -c Release --project tests/simulation -- --seed {Seed} --store {Text(Store)}{(Faults == FaultKinds.All ? "" : $" --faults {Text(Faults)}")}{(Upkeep == Upkeep.None ? "" : $" --upkeep {Text(Upkeep)}")}";

    public override string ToString() => $"seed {Seed} on {Text(Store)}";

    public static string Text<T>(T kinds) where T : struct, Enum => kinds.ToString().ToLowerInvariant().Replace(" ", "");
}
