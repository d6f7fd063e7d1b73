namespace RoutingGrid.Simulation.Tests.Worlds;

/// <summary>Folders for files that nobody needs afterwards: in memory where there is such a place, since no disk is tested here.</summary>
internal static class ScratchFolder
{
    private static readonly string Root = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
    private static int s_count;

    public static string New() => Directory.CreateDirectory(Path.Combine(Root, $"routinggrid-{Environment.ProcessId}-{Interlocked.Increment(ref s_count)}")).FullName;
}
