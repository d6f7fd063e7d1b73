using System.Runtime.CompilerServices;

namespace RoutingGrid.Engine.CodeGeneration;

/// <summary>
/// Whether anybody awaits a task. The library does not say, so this looks; only the search for deadlocks depends on it,
/// which must not blame a call that was sent and forgotten.
/// </summary>
internal static class TaskContinuations
{
    private static bool s_canLook = true;

    public static bool HasAny(Task task)
    {
        if (!s_canLook)
        {
            return true;
        }

        try
        {
            return Continuation(task) is not null;
        }
        catch (MissingFieldException)
        {
            s_canLook = false;
            return true;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "m_continuationObject")]
    private static extern ref object? Continuation(Task task);
}
