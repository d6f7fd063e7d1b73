using RoutingGrid.Simulation.Tests.Seeds;
using Xunit.Runner.InProc.SystemConsole;

// Long options ask for seeds; everything else is for xunit, whose options have one dash, and for the test platform behind `dotnet test`.
return args is [['-', '-', ..] first, ..] && first is not ("--server" or "--internal-msbuild-node")
    ? await SeedsCommand.Run(args)
    : args.Any(arg => arg is "--server" or "--internal-msbuild-node")
        ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, RoutingGrid.Simulation.Tests.SelfRegisteredExtensions.AddSelfRegisteredExtensions)
        : await ConsoleRunner.Run(args);
