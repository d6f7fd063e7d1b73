using RoutingGrid.Engine.Activations;
using RoutingGrid.Engine.CodeGeneration;

namespace RoutingGrid.Engine.Calls;

/// <summary>
/// Finds activations that wait for each other in a circle: A's running call waits for a call to B, which waits behind, or
/// is, a running call of B that waits for A. Asked whenever an activation comes to rest with calls in flight; the last of a
/// circle to come to rest sees all of it. Calls that nobody awaits hold up nobody and do not count.
/// </summary>
internal static class DeadlockSearch
{
    // Nothing real is this long; bounds the work when the graph changes under the search.
    private const int MaxDepth = 64;

    public static void After(Activation start)
    {
        for (GrainRequest? call = start.Outgoing; call is not null && start.RunsOneAtMost; call = call.PreviousOutgoing)
        {
            if (call.IsAwaited && call.Target is Activation { IsStandingStill: true } && FindCircle(start, call) is { } circle)
            {
                Break(circle);
                return;
            }
        }
    }

    private static List<GrainRequest>? FindCircle(Activation start, GrainRequest first)
    {
        if (!MayLeadBack(start, first))
        {
            return null;
        }

        var path = new List<GrainRequest> { first };
        return Extend(start, path, []) ? path : null;
    }

    /// <summary>False where there is one way on, and it ends: so it nearly always is, and it is told without a list.</summary>
    private static bool MayLeadBack(Activation start, GrainRequest call)
    {
        for (int depth = 0; depth < MaxDepth; depth++)
        {
            if (call.Target is not Activation { IsStandingStill: true } at)
            {
                return false;
            }

            if (ReferenceEquals(at, start))
            {
                return true;
            }

            if (!at.RunsOneAtMost)
            {
                return false;
            }

            GrainRequest? only = null;
            for (GrainRequest? next = at.Outgoing; next is not null; next = next.PreviousOutgoing)
            {
                if (!next.IsAwaited)
                {
                    continue;
                }

                if (only is not null)
                {
                    return true;
                }

                only = next;
            }

            if (only is null)
            {
                return false;
            }

            call = only;
        }

        return true;
    }

    private static bool Extend(Activation start, List<GrainRequest> path, HashSet<Activation> seen)
    {
        if (path[^1].Target is not Activation { IsStandingStill: true } at)
        {
            return false;
        }

        if (ReferenceEquals(at, start))
        {
            // Only calls that wait close a circle: one that runs is reentrant and goes on.
            return path.Exists(call => call.State == RequestState.Queued);
        }

        // With several calls running there, nobody knows which of them waits for what: rather miss a circle than break none.
        if (path.Count >= MaxDepth || !at.RunsOneAtMost || !seen.Add(at))
        {
            return false;
        }

        for (GrainRequest? call = at.Outgoing; call is not null; call = call.PreviousOutgoing)
        {
            if (!call.IsAwaited)
            {
                continue;
            }

            path.Add(call);
            if (Extend(start, path, seen))
            {
                return true;
            }

            path.RemoveAt(path.Count - 1);
        }

        return false;
    }

    /// <summary>Fails one of the calls that wait, so that the others can go on.</summary>
    private static void Break(List<GrainRequest> circle)
    {
        // Two of a circle may come to rest at once and both see it: whoever looks chooses the same call.
        GrainRequest? victim = circle.Where(static call => call.State == RequestState.Queued).MaxBy(static call => (call.Target as Activation)?.Sequence);
        if (victim is null)
        {
            return;
        }

        int at = circle.IndexOf(victim);
        IEnumerable<GrainRequest> chain = circle.Skip(at + 1).Concat(circle.Take(at + 1));
        if (victim.Fail(new GrainDeadlockException(string.Join(", ", chain.Select(call => call.ToString())))))
        {
            // Its callee drops it unseen, so nobody else would.
            ((EmbeddedEngine)victim.Reference.Shared.Engine).Untrack(victim);
        }
    }
}
