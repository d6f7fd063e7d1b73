using System.CommandLine;
using RoutingGrid.Silo.Archive;
using RoutingGrid.Silo.Demo;
using RoutingGrid.Silo.Doctor;
using RoutingGrid.Silo.Erlang;
using RoutingGrid.Silo.Migrate;
using RoutingGrid.Silo.Privacy;
using RoutingGrid.Silo.Serve;
#if !ORLEANS
using RoutingGrid.Silo.Replay;
using RoutingGrid.Silo.Simulate;
#endif

var root = new RootCommand("RoutingGrid brings every customer's message to the right person in time. Each verb explains itself: VERB --help.")
{
    ServeVerb.Create(),
    DemoVerb.Create(),
    MigrateVerb.Create(),
    DoctorVerb.Create(),
    RebuildVerb.Create(),
    ExportVerb.Create(),
    EraseVerb.Create(),
    ArchiveVerb.Create(),
    ErlangVerb.Create(),
#if !ORLEANS // It runs under the embedded engine's virtual clock.
    ReplayVerb.Create(),
    SimulateVerb.Create(),
#endif
};
// Time for a demo's last check, and for a server's running requests, after Ctrl-C.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
