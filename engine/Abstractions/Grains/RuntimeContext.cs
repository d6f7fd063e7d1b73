using System.Runtime.CompilerServices;
using RoutingGrid.Engine.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>The activation whose turn runs on this thread.</summary>
internal static class RuntimeContext
{
    [ThreadStatic]
    private static ActivationScheduler? t_current;

    public static IGrainContext? Current => t_current as IGrainContext;

    public static ActivationScheduler? CurrentScheduler
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => t_current;
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => t_current = value;
    }
}
