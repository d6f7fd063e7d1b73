namespace RoutingGrid.Engine.Tests.Stress;

/// <summary>How much of everything: as much as the embedded engine does in a minute, and a part of it on Orleans.</summary>
internal static class Load
{
#if ORLEANS
    private const int Part = 50;
#else
    private const int Part = 1;
#endif

    public static int Of(int count) => Math.Max(count / Part, Math.Min(count, 8));
}
