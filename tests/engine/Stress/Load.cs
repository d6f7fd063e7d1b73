namespace RoutingGrid.Engine.Tests.Stress;

/// <summary>How much of everything: as much as the embedded engine does in a minute, and a part of it on Orleans.</summary>
internal static class Load
{
#if ORLEANS
    private const int Part = 50;
#else
    private const int Part = 1;
#endif

    /// <summary>Of what Orleans ends only by a timeout, each costs that time there.</summary>
#if ORLEANS
    public static int OfTimeouts(int count) => Math.Min(count, 5);
#else
    public static int OfTimeouts(int count) => count;
#endif

    public static int Of(int count) => Math.Max(count / Part, Math.Min(count, 8));
}
