namespace RoutingGrid.Engine.CodeGeneration;

/// <summary>Something an activation has to do. Linked into its queues through itself, so that queueing allocates nothing.</summary>
public abstract class WorkItem
{
    internal WorkItem? Next;

    private protected WorkItem()
    {
    }
}
