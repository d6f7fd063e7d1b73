using RoutingGrid.Journal.Tests.Codec;
using RoutingGrid.Journal.Tests.Sqlite;
using Xunit.Runner.InProc.SystemConsole;

namespace RoutingGrid.Journal.Tests;

/// <summary>The test runner, or one of the other processes that tests need.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args) => args switch
    {
        ["write-until-killed", var path] => await OtherProcess.WriteUntilKilled(path),
        ["open", var path] => await OtherProcess.Open(path),
        ["archive-until", var place, var folder, var step] => await OtherProcess.ArchiveUntil(place, folder, Enum.Parse<Journal.Archive.ArchiveStep>(step)),
        ["record-events"] => RecordedEvents.Print(Console.Out),
        _ => await ConsoleRunner.Run(args),
    };
}
