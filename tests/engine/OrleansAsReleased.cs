#if ORLEANS
using System.Reflection;
#endif

namespace RoutingGrid.Engine.Tests;

/// <summary>Where Orleans 10.4.2 as it was released does otherwise than its later sources, which the embedded engine follows.</summary>
public static class OrleansAsReleased
{
    public const string Readers = "Orleans 10.4.2 as released does not admit the writer yet when the first of several readers has ended and others run.";

    public const string Ticks = "Orleans 10.4.2 as released drops a tick that waits when its timer ends, and ticks later after a change meanwhile.";

    public static bool IsUsed =>
#if ORLEANS
        // "10.4.2. Commit Hash: …"
        typeof(IGrainFactory).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split(' ', '+')[0].TrimEnd('.') == "10.4.2";
#else
        false;
#endif
}
