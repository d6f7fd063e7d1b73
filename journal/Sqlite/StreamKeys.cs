namespace RoutingGrid.Journal.Sqlite;

/// <summary>How a stream's id is made: 40 bits that count within the workspace, under the workspace's number.</summary>
internal static class StreamKeys
{
    private const int Bits = 40;

    internal static long First(long workspace) => workspace << Bits;

    internal static long Last(long workspace) => First(workspace + 1) - 1;

    internal static long WorkspaceOf(long id) => id >> Bits;
}
