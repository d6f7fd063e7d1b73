using RoutingGrid.Simulation.Tests.Seeds;

namespace RoutingGrid.Simulation.Tests.Faults;

/// <summary>The process dies in the midst of its work, and another one goes on from the journal.</summary>
public sealed class RestartTests
{
    [Fact]
    public void Nothing_is_lost_every_offer_ends_and_all_work_comes_back() => SeedAssert.Keep(25, Store.Memory, FaultKinds.Crash);

    [Fact]
    public void Files_that_a_killed_process_leaves_are_enough_to_go_on() => SeedAssert.Keep(25, Store.Sqlite, FaultKinds.Crash);
}
