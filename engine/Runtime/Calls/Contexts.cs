using System.Runtime.CompilerServices;

namespace RoutingGrid.Engine.Calls;

/// <summary>
/// Keeps the ambient values of one turn out of the next: what a grain sets in an AsyncLocal outside an async method would
/// stay on the thread, and a caller's would be seen by a callee that runs on its thread.
/// </summary>
internal static class Contexts
{
    private static readonly ExecutionContext s_default = CaptureOnFreshThread();

    /// <summary>Makes the default context current and returns the one to go back to; null if it was the default.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ExecutionContext? EnterDefault()
    {
        ExecutionContext? current = ExecutionContext.Capture();
        if (ReferenceEquals(current, s_default) || current is null)
        {
            return null;
        }

        ExecutionContext.Restore(s_default);
        return current;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Leave(ExecutionContext? outer)
    {
        if (outer is null)
        {
            Reset();
        }
        else
        {
            ExecutionContext.Restore(outer);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Reset()
    {
        ExecutionContext? current = ExecutionContext.Capture();
        if (!ReferenceEquals(current, s_default) && current is not null)
        {
            ExecutionContext.Restore(s_default);
        }
    }

    private static ExecutionContext CaptureOnFreshThread()
    {
        ExecutionContext? captured = null;
        var thread = new Thread(() => captured = ExecutionContext.Capture());
        thread.UnsafeStart();
        thread.Join();
        return captured!;
    }
}
