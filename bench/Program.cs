using System.CommandLine;
using RoutingGrid.Bench.Archive;
using RoutingGrid.Bench.Engine;
using RoutingGrid.Bench.History;
using RoutingGrid.Bench.Journal;
using RoutingGrid.Bench.Lifecycle;
using RoutingGrid.Bench.Peer;
using RoutingGrid.Bench.Recovery;
using RoutingGrid.Bench.Router;
#if !ORLEANS
using RoutingGrid.Bench.Simulate;
#endif

var root = new RootCommand("Measures RoutingGrid. Each verb prints its progress to stderr and exactly one line of JSON to stdout; bench/README.md has the goals and the last results.")
{
    EngineBench.Create(),
    RouterBench.Create(),
    JournalBench.Create(),
    ArchiveBench.Create(),
    SnapshotBench.Create(),
    HistoryBench.Create(),
    LifecycleBench.Create(),
    PeerBench.Create(),
    RecoveryBench.Create(),
#if !ORLEANS // Virtual time is the embedded engine's.
    SimulateBench.Create(),
#endif
};
return await root.Parse(args).InvokeAsync();
